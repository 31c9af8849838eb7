package dev.matrix.analytics.cost;

import dev.matrix.analytics.Window;
import dev.matrix.analytics.cost.spi.CostContext;
import dev.matrix.analytics.cost.spi.Finding;
import dev.matrix.analytics.cost.spi.ResourceLimits;
import dev.matrix.analytics.cost.spi.ResourceType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Machines that nobody uses, that are used in bursts, or that a smaller type would do for.
 *
 * @param type INSTANCE for stops and schedules, RESOURCE for other types
 * @param keepTag a machine with this tag is left alone
 */
record MachineRule(RecommendationType type, ResourceLimits limits, String keepTag) implements ShippedRule {

    private static final BigDecimal HEADROOM = new BigDecimal("0.8");
    private static final Duration FOUR_WEEKS = Duration.ofDays(28);
    private static final int HOURS_OF_A_WEEK = 168;
    private static final int HOURS_OF_A_DAY = 24;
    private static final int SHORTEST_PAUSE = 4;

    @Override
    public String name() {
        return type == RecommendationType.INSTANCE ? "idle" : "size";
    }

    @Override
    public List<Finding> examine(CostContext context, Consumer<Diagnostic> notJudged) {
        List<Finding> found = new ArrayList<>();
        for (Machine machine : context.machines()) {
            if (machine.tags().containsKey(keepTag)) {
                notJudged.accept(not(machine, Reason.EXCLUDED, "has the tag " + keepTag));
            } else {
                examine(context, machine, notJudged).ifPresent(found::add);
            }
        }
        return found;
    }

    private Diagnostic not(Machine machine, Reason reason, String why) {
        return new Diagnostic(name(), machine.id(), reason, "Machine " + machine.id() + " " + why + ".");
    }

    private Optional<Finding> examine(CostContext context, Machine machine, Consumer<Diagnostic> notJudged) {
        MachineVerdict verdict = MachineVerdict.of(machine, context.profile(), context.now());
        boolean stops = type == RecommendationType.INSTANCE;
        if (verdict instanceof MachineVerdict.Undetermined missing) {
            notJudged.accept(not(machine, missing.reason(), missing.why()));
        } else if (verdict instanceof MachineVerdict.Undersized full) {
            notJudged.accept(not(
                    machine,
                    Reason.UNDERSIZED,
                    "is too small: its " + full.what() + " of type "
                            + machine.type().id() + "; nothing can be saved on it"));
        } else if (stops && verdict instanceof MachineVerdict.Idle) {
            return Optional.of(stop(context, machine));
        } else if (stops && verdict instanceof MachineVerdict.Intermittent) {
            return schedule(context, machine, notJudged);
        } else if (!stops && verdict instanceof MachineVerdict.IdleGpu gpu) {
            return smaller(context, machine, true, gpu.memoryHeld() ? Confidence.MEDIUM : Confidence.HIGH);
        } else if (!stops && verdict instanceof MachineVerdict.Busy) {
            return smaller(context, machine, false, Confidence.HIGH);
        }
        return Optional.empty();
    }

    private static Finding stop(CostContext context, Machine machine) {
        boolean loses = machine.type().localDisk();
        String disks = loses ? " What lies on its local disks is lost." : "";
        return finding(
                context,
                machine,
                new Action.Stop(machine.id(), loses),
                Confidence.HIGH,
                "idle",
                "Nobody has used machine " + machine.id() + " in the last 14 days; stopped, an hour costs "
                        + machine.stopped() + " instead of " + machine.hourly() + "." + disks,
                Map.of());
    }

    private static Finding finding(
            CostContext context,
            Machine machine,
            Action action,
            Confidence most,
            String rule,
            String statement,
            Map<String, BigDecimal> more) {
        Map<String, BigDecimal> figures = new HashMap<>(more);
        figures.put("hourly", machine.hourly().amount());
        figures.put("stoppedHourly", machine.stopped().amount());
        figures.put("hoursRun", BigDecimal.valueOf(machine.ran().toHours()));
        figures.put("hoursExisted", BigDecimal.valueOf(machine.existed().toHours()));
        Instant from = machine.samples().get(0).from();
        return new Finding(
                machine.id(),
                action,
                null,
                most,
                List.of(Evidence.of(
                        rule,
                        statement,
                        new Window(from, context.now()),
                        machine.samples().size(),
                        figures,
                        machine.id())),
                List.of("a commitment that covers the machine, which is paid whether it runs or not"),
                null);
    }

    private Optional<Finding> schedule(CostContext context, Machine machine, Consumer<Diagnostic> notJudged) {
        Instant from = context.now().minus(FOUR_WEEKS);
        if (machine.samples().get(0).from().isAfter(from.plus(Duration.ofHours(1)))) {
            notJudged.accept(not(
                    machine, Reason.INSUFFICIENT_DATA, "is used in bursts; it takes 4 weeks of samples to say when"));
            return Optional.empty();
        }
        BitSet used = usedHours(machine, IdleLimits.of(context.profile()), from);
        List<Integer> off = pauses(used);
        if (off.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(finding(
                context,
                machine,
                new Action.Schedule(machine.id(), off),
                Confidence.HIGH,
                "intermittent",
                "In the last 4 weeks machine " + machine.id() + " was never used in " + off.size()
                        + " of the 168 hours of the week.",
                Map.of("hoursOff", BigDecimal.valueOf(off.size()))));
    }

    /** The hours of the week, from Monday 00:00 UTC, in which some sample was above a limit. */
    private static BitSet usedHours(Machine machine, IdleLimits limits, Instant from) {
        BitSet used = new BitSet(HOURS_OF_A_WEEK);
        for (ResourceSample sample : machine.samples()) {
            boolean busy = sample.loads().stream()
                    .anyMatch(load -> limited(load.metric())
                            && (load.mean() > limits.limit(load.metric())
                                    || load.max() > limits.ceiling(load.metric())));
            if (busy && !sample.from().isBefore(from)) {
                for (Instant at = sample.from(); at.isBefore(sample.to()); at = at.plus(Duration.ofHours(1))) {
                    used.set(hourOfWeek(at));
                }
                used.set(hourOfWeek(sample.to().minusNanos(1)));
            }
        }
        return used;
    }

    private static boolean limited(ResourceMetric metric) {
        return metric != ResourceMetric.MEMORY
                && metric != ResourceMetric.GPU_MEMORY
                && metric != ResourceMetric.DISK_IO;
    }

    private static int hourOfWeek(Instant at) {
        ZonedDateTime local = at.atZone(ZoneOffset.UTC);
        return (local.getDayOfWeek().getValue() - 1) * HOURS_OF_A_DAY + local.getHour();
    }

    /** Unused hours in pieces of four or more; a piece may go over the end of the week. */
    private static List<Integer> pauses(BitSet used) {
        return IntStream.range(0, HOURS_OF_A_WEEK)
                .filter(hour -> !used.get(hour))
                .filter(hour -> {
                    int length = 1;
                    for (int i = 1; i < SHORTEST_PAUSE && !used.get(Math.floorMod(hour + i, HOURS_OF_A_WEEK)); i++) {
                        length++;
                    }
                    for (int i = 1; i < SHORTEST_PAUSE && !used.get(Math.floorMod(hour - i, HOURS_OF_A_WEEK)); i++) {
                        length++;
                    }
                    return length >= SHORTEST_PAUSE;
                })
                .boxed()
                .toList();
    }

    private Optional<Finding> smaller(CostContext context, Machine machine, boolean withoutGpu, Confidence most) {
        ResourceType now = machine.type();
        List<ResourceSample> lately = machine.samples();
        BigDecimal cpu = need(Measured.of(ResourceMetric.CPU, lately).percentile(), now.cpu());
        BigDecimal memory = need(Measured.of(ResourceMetric.MEMORY, lately).highest(), now.memory());
        if (Measured.of(ResourceMetric.MEMORY, lately).samples().isEmpty()) {
            return Optional.empty();
        }
        Set<String> required = limits.required(context.owner(), machine.id());
        return context.types(machine.region()).stream()
                .filter(type ->
                        withoutGpu ? type.gpu() == 0 : type.family().equals(now.family()) && type.gpu() == now.gpu())
                .filter(type -> type.architecture().equals(now.architecture()))
                .filter(type -> type.localDisk() || !now.localDisk())
                .filter(type -> type.features().containsAll(required))
                .filter(type -> type.cpu().compareTo(cpu) >= 0 && type.memory().compareTo(memory) >= 0)
                .filter(type -> type.hourlyPrice().compareTo(machine.hourly()) < 0)
                .min(Comparator.comparing(ResourceType::hourlyPrice).thenComparing(ResourceType::id))
                .map(best -> finding(
                        context,
                        machine,
                        withoutGpu
                                ? new Action.MoveFamily(machine.id(), now.id(), best.id())
                                : new Action.Resize(machine.id(), now.id(), best.id()),
                        most,
                        withoutGpu ? "idle-gpu" : "size",
                        "Machine " + machine.id() + " needs " + cpu.toPlainString() + " processors and "
                                + memory.toPlainString() + " GiB with a fifth to spare; type " + best.id() + " has "
                                + best.cpu().toPlainString() + " and "
                                + best.memory().toPlainString() + ".",
                        Map.of(
                                "cpuNeeded",
                                cpu,
                                "memoryNeeded",
                                memory,
                                "newHourly",
                                best.hourlyPrice().amount())));
    }

    private static BigDecimal need(double share, BigDecimal of) {
        return BigDecimal.valueOf(share).multiply(of).divide(HEADROOM, 3, RoundingMode.CEILING);
    }
}
