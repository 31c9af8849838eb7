"""Plays the scenarios on the Python client: driver.py FOLDER SCENARIOS; a line of JSON each."""
import json
import re
import sys
import threading
import traceback

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import matrix as sdk


class FakeClock(sdk.Clock):
    def __init__(self, scenario, waits):
        self.time = 1795737600.0  # 2026-11-27T00:00:00Z
        self.scenario = scenario
        self.waits = waits

    def now(self):
        return self.time

    def random(self):
        return self.scenario.get("random", 0.5)

    def wait(self, seconds, abort):
        self.waits.append(seconds)
        self.time += seconds
        if self.scenario["call"].get("options", {}).get("abortOnWait"):
            threading.Timer(0.05, abort.abort).start()
            sdk.Clock.wait(self, 30, abort)


def snake(name):
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)
    word = "_".join(words).lower()
    return word + "_" if word in ("from", "class", "in", "import") else word


def play(scenario, matrix):
    call = scenario["call"]
    options = call.get("options", {})
    given = {name: options[name] for name in ("retries", "timeout", "headers") if name in options}
    if "idempotencyKey" in options:
        given["idempotency_key"] = options["idempotencyKey"]
    if "abortOnWait" in options or "abortAfter" in options:
        given["abort"] = sdk.Abort()
    if "abortAfter" in options:
        threading.Timer(options["abortAfter"], given["abort"].abort).start()
    namespace, method = (snake(part) for part in call["operation"].split("."))
    target = getattr(matrix, namespace)
    read = scenario.get("read")
    if read == "response":
        target = target.with_response
    request = {snake(name): value for name, value in call.get("request", {}).items()}
    answer = getattr(target, method)(*call.get("path", []), **request, options=given)
    if read == "items":
        return list(answer)
    if read == "pages":
        return [page.items for page in answer.pages()]
    if read == "parallel":
        found, items = [], iter(answer)
        threads = [threading.Thread(target=lambda: found.extend(items)) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return sorted(found, key=lambda item: item["id"])
    if read == "response":
        return {"data": answer.data, "status": answer.status, "requestId": answer.request_id, "replayed": answer.replayed}
    if isinstance(answer, sdk.Listing):
        page = answer.page()
        return {"items": page.items, "nextCursor": page.next_cursor}
    return answer


for scenario in json.load(open(sys.argv[2], encoding="utf-8")):
    waits = []
    result = {"name": scenario["name"], "waits": waits, "forms": []}
    try:
        if "verify" in scenario:
            given = scenario["verify"]
            result["data"] = sdk.verify_webhook(given["body"].encode(), given["headers"], given["secrets"], now=given["now"])
        else:
            matrix = sdk.Matrix(scenario["apiKey"], scenario["baseUrl"], clock=FakeClock(scenario, waits))
            result["forms"] += [str(matrix), repr(matrix), repr(vars(matrix))]
            result["forms"] += [repr(vars(each._c)) for each in vars(matrix).values() if hasattr(each, "_c")]
            result["data"] = play(scenario, matrix)
    except sdk.MatrixError as e:
        result["error"] = {"kind": type(e).__name__}
        for name, attribute in (("status", "status"), ("code", "code"), ("retryAfter", "retry_after")):
            result["error"][name] = getattr(e, attribute, None)
        result["forms"] += [str(e), repr(e), traceback.format_exc(), repr(vars(e))]
    print(json.dumps(result), flush=True)
