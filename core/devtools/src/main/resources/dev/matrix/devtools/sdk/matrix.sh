#!/usr/bin/env bash
#@head

MATRIX_VERSION='@version'

_matrix_usage() {
  cat >&2 <<'TEXT'
matrix.sh OPERATION [PATH VALUES] [OPTIONS] [JSON | - | NAME=TEXT | NAME:=JSON ...]

Environment: MATRIX_API_KEY, MATRIX_BASE_URL; MATRIX_TIMEOUT 30, MATRIX_DEADLINE 120 (seconds), MATRIX_RETRIES 2.
The body is one JSON object, - for standard input, or members. Options: --all follows the listing, a page a line;
--headers shows the reply's on standard error; --idempotency-key KEY; --header 'NAME: VALUE'.
matrix.sh verify-webhook ID TIMESTAMP SIGNATURE [TOLERANCE] reads a body, prints it if it is genuine;
MATRIX_WEBHOOK_SECRET holds the secret, or several with spaces between.
Exit: 0 success, 1 an error of the API, 2 usage, 3 not genuine, 7 connection, 28 timeout. Operations:
TEXT
  sed -n 's/^    \([^ ()]*\)) _op=.*;; # /  \1  /p' "${BASH_SOURCE[0]}" >&2
}

_matrix_fail() {
  printf 'matrix: %s\n' "$2" >&2
  return "$1"
}

# Time and chance; tests bring their own. Milliseconds to sleep; parts of 250.
_matrix_now() { date +%s; }
_matrix_sleep() { sleep "$(($1 / 1000)).$(printf %03d $(($1 % 1000)))"; }
_matrix_random() { echo $((RANDOM % 251)); }

_matrix_url() { # percent-encodes $1
  local LC_ALL=C s=$1 out='' c i v
  for ((i = 0; i < ${#s}; i++)); do
    c=${s:i:1}
    if [[ $c == [A-Za-z0-9._~-] ]]; then out+=$c; else
      printf -v v %d "'$c"
      printf -v v '%%%02X' $((v & 255))
      out+=$v
    fi
  done
  printf %s "$out"
}

_matrix_json() { # $1 as a JSON string
  local s=$1 i c
  s=${s//\\/\\\\}
  s=${s//\"/\\\"}
  for ((i = 1; i < 32; i++)); do
    printf -v c "\\x$(printf %x "$i")"
    if [[ $s == *"$c"* ]]; then s=${s//"$c"/$(printf '\\u%04x' "$i")}; fi
  done
  printf '"%s"' "$s"
}

_matrix_header() { # the last reply's header $1 in the file $2
  local line value=''
  while IFS= read -r line; do
    line=${line%$'\r'}
    if [[ $line == HTTP/* ]]; then value=''; fi
    if [[ ${line,,} == "$1":* ]]; then
      value=${line#*:}
      value=${value#"${value%%[![:space:]]*}"}
    fi
  done <"$2"
  printf %s "$value"
}

_matrix_retry_after() { # seconds by Retry-After $1, or nothing
  local at now
  if [[ $1 =~ ^[0-9]{1,9}$ ]]; then echo $((10#$1)); fi
  if [[ $1 =~ ^[A-Z][a-z][a-z],\  ]]; then
    at=$(LC_ALL=C date -u -d "$1" +%s 2>/dev/null || LC_ALL=C date -j -u -f '%a, %d %b %Y %T GMT' "$1" +%s 2>/dev/null) || return 0
    now=$(_matrix_now)
    if ((at > now)); then echo $((at - now)); fi
  fi
}

_matrix_is_retried() { # curl's result $1, status $2, folder $3
  local told
  if (($1)); then
    [[ " 5 6 7 16 18 28 35 52 55 56 92 " == *" $1 "* ]]
    return
  fi
  told=$(_matrix_header matrix-should-retry "$3/headers")
  if [[ $told == true || $told == false ]]; then [[ $told == true ]]; return; fi
  (($2 == 408 || $2 == 429 || $2 >= 500)) || [[ $(_matrix_code "$3/body") == idempotency_in_progress ]]
}

_matrix_code() { # the problem's code in the file $1
  local text
  text=$(tr -d '\0' <"$1" | head -c 65536)
  if [[ $text =~ \"code\"[[:space:]]*:[[:space:]]*\"([a-z0-9_]+)\"[[:space:]]*,[[:space:]]*\"(requestId|errors)\" || $text =~ \"code\"[[:space:]]*:[[:space:]]*\"([a-z0-9_]+)\" ]]; then
    printf %s "${BASH_REMATCH[1]}"
  fi
}

_matrix_send() { # method, URL, text?, folder, body?, headers...: retries until a reply counts
  local method=$1 url=$2 text=$3 dir=$4 body=$5 attempt=0 status result end now wait asked limit key=${MATRIX_API_KEY:-}
  shift 5
  local -a args=(-q -sS --globoff --path-as-is --proto '=http,https' -X "$method" -D "$dir/headers" -o "$dir/body" -w '%{http_code}'
    -H 'Expect:' -H "Matrix-Version: $MATRIX_VERSION" -H "Accept: $text" "$@")
  if [[ $method != GET && $method != DELETE ]]; then args+=(-H 'Content-Type: application/json' --data-binary @-); fi
  key=${key//\\/\\\\}
  end=$(($(_matrix_now) + ${MATRIX_DEADLINE:-120}))
  while :; do
    : >"$dir/headers" >"$dir/body"
    now=$(_matrix_now)
    limit=${MATRIX_TIMEOUT:-30}
    if ((end - now < ${limit%.*})); then limit=$((end > now ? end - now : 1)); fi
    # The key goes by a pipe: arguments are for all to see.
    status=$(printf %s "$body" | curl "${args[@]}" --max-time "$limit" --config /dev/fd/3 "$url" \
      3< <([[ -z $key ]] || printf 'header = "Authorization: Bearer %s"\n' "${key//\"/\\\"}") 2>"$dir/error")
    result=$?
    if ((result == 0 && status >= 200 && status < 300)); then return 0; fi
    asked=$( ((result)) || _matrix_retry_after "$(_matrix_header retry-after "$dir/headers")")
    wait=$((attempt < 4 ? 500 << attempt : 8000))
    wait=$((wait * (750 + $(_matrix_random)) / 1000))
    if [[ $asked ]]; then wait=$((asked * 1000)); fi
    if ((attempt >= ${MATRIX_RETRIES:-2} || wait > 60000 || $(_matrix_now) + wait / 1000 >= end)) \
      || ! _matrix_is_retried "$result" "$status" "$dir"; then
      break
    fi
    _matrix_sleep "$wait"
    attempt=$((attempt + 1))
  done
  case $result in
    0) ;;
    28) _matrix_fail 28 "no complete reply within $limit s"; return ;;
    *) _matrix_fail 7 "no complete reply: $(head -n 1 "$dir/error")"; return ;;
  esac
  key=$(_matrix_code "$dir/body")
  asked=$(_matrix_header request-id "$dir/headers")
  _matrix_fail 1 "$status ${key:-http_$status}${asked:+ (request $asked)}" || { cat "$dir/body"; echo; } >&2
  return 1
}

# Runs one operation; see _matrix_usage. In a subshell, so that nothing of it stays behind in yours.
matrix() (
  set -u +e
  if (($# == 0)) || [[ $1 == --help ]]; then _matrix_usage; exit 2; fi
  if [[ $1 == verify-webhook ]]; then shift; matrix_verify_webhook "$@"; exit; fi
  declare -a _op=() args=()
  _matrix_op "$1" || exit
  path=${_op[1]} query='' body='' json='' all='' show='' key='' base=${MATRIX_BASE_URL:-}
  shift
  if [[ ! $base =~ ^https?://[^/?#@]+(/[^?#]*)?$ ]]; then _matrix_fail 2 'MATRIX_BASE_URL is an absolute http or https URL'; exit; fi
  if [[ ${MATRIX_API_KEY:-} == *[!\!-~]* ]]; then _matrix_fail 2 'MATRIX_API_KEY has characters that no header carries'; exit; fi
  while [[ $base == */ ]]; do base=${base%/}; done
  while [[ $path == *\{* ]]; do
    if (($# == 0)) || [[ $1 == '' || $1 == . || $1 == .. ]]; then
      name=${path#*\{}
      _matrix_fail 2 "the path value ${name%%\}*} can't be '${1:-}'"
      exit
    fi
    path=${path%%\{*}$(_matrix_url "$1")${path#*\}}
    shift
  done
  while (($#)); do
    case $1 in
      --all) all=1 ;;
      --headers) show=1 ;;
      --idempotency-key) key=${2:-}; shift ;;
      --header) args+=(-H "${2:-}"); shift ;;
      -) json=$(cat) ;;
      \{*) json=$1 ;;
      *=*)
        name=${1%%=*} value=${1#*=} raw=''
        if [[ $name == *: ]]; then name=${name%:} raw=1; fi
        header=$(_matrix_named "$name" "${_op[3]:-}")
        if [[ $header ]]; then args+=(-H "$header: $value")
        elif [[ ${_op[0]} == GET || ${_op[0]} == DELETE || " ${_op[2]:-} " == *" $name "* ]]; then
          query+="${query:+&}$(_matrix_url "$name")=$(_matrix_url "$value")"
        else
          if [[ ! $raw ]]; then value=$(_matrix_json "$value"); fi
          body+="${body:+,}$(_matrix_json "$name"):$value"
        fi ;;
      *) _matrix_fail 2 "what is '$1'? Members are NAME=TEXT or NAME:=JSON"; exit ;;
    esac
    shift
  done
  if [[ $json && $body ]]; then _matrix_fail 2 'the body is one JSON object or members, not both'; exit; fi
  if [[ $json && (${_op[0]} == GET || ${_op[0]} == DELETE) ]]; then _matrix_fail 2 'this operation takes NAME=TEXT'; exit; fi
  if [[ ! $key && (${_op[0]} == POST || ${_op[0]} == PATCH) ]]; then key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n'); fi
  if [[ $key ]]; then args+=(-H "Idempotency-Key: $key"); fi
  dir=$(mktemp -d) || exit
  trap 'rm -rf "$dir"' EXIT
  seen='|'
  while :; do
    _matrix_send "${_op[0]}" "$base$path${query:+?$query}" "${_op[4]:-application/json}" "$dir" "${json:-{$body\}}" \
      ${args[@]+"${args[@]}"} || exit
    if [[ $show ]]; then cat "$dir/headers" >&2; fi
    cat "$dir/body"
    if [[ ${_op[4]:-} == '' && -s $dir/body ]]; then echo; fi
    link=$(_matrix_header link "$dir/headers")
    if [[ ! $all || ! $link =~ \<[^\>]*\?([^\>]*)\>\;\ *rel=\"?next ]]; then break; fi
    query=${BASH_REMATCH[1]} # its path is the one at hand, its host is none of ours
    if [[ $seen == *"|$query|"* ]]; then _matrix_fail 1 'the server sent the same cursor twice'; exit; fi
    seen+="$query|"
  done
)

_matrix_named() { # what $1 is called in the list $2 of NAME=HEADER
  local each
  for each in $2; do
    if [[ $each == "$1="* ]]; then printf %s "${each#*=}"; fi
  done
}

# HMAC-SHA-256 of standard input by the hexadecimal key $1, in base64: RFC 2104 over openssl's digest, as openssl takes a key of its
# own HMAC only by arguments, which are for all to see.
_matrix_hmac() {
  local key=$1 inner='' outer='' byte i
  if ((${#key} > 128)); then key=$(printf %b "$(sed 's/../\\x&/g' <<<"$key")" | openssl dgst -sha256 -r | cut -c 1-64); fi
  while ((${#key} < 128)); do key+=00; done
  for ((i = 0; i < 128; i += 2)); do
    byte=0x${key:i:2}
    printf -v inner '%s\\x%02x' "$inner" $((byte ^ 0x36))
    printf -v outer '%s\\x%02x' "$outer" $((byte ^ 0x5c))
  done
  { printf %b "$inner"; cat; } | openssl dgst -sha256 -binary | { printf %b "$outer"; cat; } | openssl dgst -sha256 -binary | openssl base64 -A
}

# Verifies a webhook by Standard Webhooks 1.0.0 (v1): id, timestamp, signature, tolerance (default 300 seconds); the body is read
# from standard input and printed if it is genuine, else the exit code is 3.
matrix_verify_webhook() (
  set -u +e
  id=${1:-} at=${2:-} tolerance=${4:-300} good=0
  if [[ ! $id || ! ${3:-} ]]; then _matrix_fail 3 'a header of the signature is missing'; exit; fi
  if [[ ! $at =~ ^[0-9]{1,12}$ ]]; then _matrix_fail 3 'the timestamp is no number of seconds'; exit; fi
  age=$(($(_matrix_now) - 10#$at))
  if ((age > tolerance || -age > tolerance)); then _matrix_fail 3 'the timestamp is too far off'; exit; fi
  body=$(mktemp) || exit
  trap 'rm -f "$body"' EXIT
  cat >"$body"
  read -r -a listed <<<"$3"
  for secret in ${MATRIX_WEBHOOK_SECRET:-}; do
    hex=$(printf %s "${secret#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
    if [[ ! $hex ]]; then _matrix_fail 2 'MATRIX_WEBHOOK_SECRET is whsec_ and base64'; exit; fi
    digest=v1,$({ printf %s "$id.$at."; cat "$body"; } | _matrix_hmac "$hex")
    for each in "${listed[@]:0:32}"; do
      differ=$((${#each} ^ ${#digest}))
      for ((i = 0; i < ${#digest}; i++)); do # all of it, so that time tells nothing
        printf -v a %d "'${digest:i:1}"
        printf -v b %d "'${each:i:1}"
        differ=$((differ | (a ^ b)))
      done
      if ((differ == 0)); then good=1; fi
    done
  done
  if ((!good)); then _matrix_fail 3 'no secret made the signature'; exit; fi
  cat "$body"
)

#@operations

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then matrix "$@"; fi
