package dev.matrix.security;

import dev.matrix.core.Owner;
import dev.matrix.core.spi.KeyRing;
import dev.matrix.core.spi.KeyUse;
import dev.matrix.core.spi.Resealable;
import dev.matrix.core.spi.SealBrokenException;
import dev.matrix.security.spi.SecurityAlarm.Kind;
import dev.matrix.security.spi.TotpDeviceRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Seals devices' secrets for their person and device alone, opens them, and seals them again after a key rotation. */
final class FactorSecrets implements Resealable {

    private static final String PURPOSE = "totp";
    private static final int PAGE = 500;

    private final FactorStores stores;
    private final KeyRing keys;

    private final Alarms alarms;
    private final InstantSource clock;

    FactorSecrets(FactorStores stores, KeyRing keys, Alarms alarms, InstantSource clock) {
        this.stores = stores;
        this.keys = keys;
        this.alarms = alarms;
        this.clock = clock;
    }

    private static KeyUse use(Owner owner, String subjectId, String deviceId) {
        return new KeyUse(PURPOSE, owner, deviceId + " " + subjectId);
    }

    byte[] seal(Subject subject, String deviceId, byte[] secret) {
        return keys.seal(use(subject.owner(), subject.id(), deviceId), secret);
    }

    /** The device's codes; empty where its row was tampered with or written by a newer version of the software. */
    Optional<TotpCode> open(TotpDeviceRow device) {
        Optional<TotpAlgorithm> algorithm = Arrays.stream(TotpAlgorithm.values())
                .filter(each -> each.name().equals(device.algorithm()))
                .findFirst();
        if (algorithm.isEmpty()) {
            alarm(device, "has an algorithm that this node doesn't know");
            return Optional.empty();
        }
        try {
            byte[] secret = keys.open(use(device.owner(), device.subjectId(), device.id()), device.sealed());
            TotpCode codes = new TotpCode(secret, algorithm.get(), device.digits(), device.periodSeconds());
            Arrays.fill(secret, (byte) 0);
            return Optional.of(codes);
        } catch (SealBrokenException e) {
            alarm(device, "has a secret that was altered: its seal is broken");
            return Optional.empty();
        }
    }

    private void alarm(TotpDeviceRow device, String what) {
        alarms.raise(Kind.DEVICE_UNREADABLE, device.id(), "Device " + device.id() + " " + what + ".", clock.instant());
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public int resealBatch(KeyRing ring, int limit, Instant now) {
        int found = 0;
        @Nullable String after = null;
        List<TotpDeviceRow> page = page(after);
        while (!page.isEmpty() && found < limit) {
            for (TotpDeviceRow device : page) {
                after = device.id();
                KeyUse use = use(device.owner(), device.subjectId(), device.id());
                if (found < limit && !ring.isCurrent(use, device.sealed())) {
                    found += reseal(ring, use, device) ? 1 : 0;
                }
            }
            page = page(after);
        }
        return found;
    }

    /** What was altered opens under no key: it holds up neither the others nor the end of the old key. */
    private boolean reseal(KeyRing ring, KeyUse use, TotpDeviceRow device) {
        byte[] sealed;
        try {
            sealed = ring.seal(use, ring.open(use, device.sealed()));
        } catch (SealBrokenException e) {
            alarm(device, "has a secret that was altered: its seal is broken");
            return false;
        }
        stores.transactions().inTransaction(tx -> stores.factors().replaceIfVersion(tx, device.sealed(sealed)));
        return true;
    }

    private List<TotpDeviceRow> page(@Nullable String after) {
        return stores.transactions().returning(tx -> stores.factors().after(tx, after, PAGE));
    }
}
