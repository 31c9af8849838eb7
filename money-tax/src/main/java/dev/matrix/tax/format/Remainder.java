package dev.matrix.tax.format;

/** A sum over a whole number, check digit included, leaves a given remainder. */
record Remainder(Sum sum, int modulus, int remainder) implements NumberRule {

    /** Luhn's formula (ISO/IEC 7812-1, annex B) over {@code length} digits from a place on, the last the check digit. */
    static NumberRule luhn(int from, int length) {
        int[] weights = new int[length];
        for (int i = 0; i < length; i++) {
            weights[i] = (length - i) % 2 == 0 ? 2 : 1;
        }
        return new Remainder(Sum.digitSums(10, from, weights), 10, 0);
    }

    @Override
    public boolean accepts(String number) {
        return Math.floorMod(sum.of(number), modulus) == remainder;
    }
}
