package dev.matrix.tax.api;

import static dev.matrix.tax.api.TaxApi.reading;

import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.core.wire.ApiName;
import dev.matrix.core.wire.Default;
import dev.matrix.core.wire.Describe;
import dev.matrix.core.wire.Length;
import dev.matrix.core.wire.Pattern;
import dev.matrix.tax.TaxId;
import dev.matrix.tax.TaxIdCheck;
import dev.matrix.tax.TaxIdStatus;
import dev.matrix.tax.TaxIds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operation that checks a tax id. */
record TaxIdOperations(TaxIds ids) {

    private static final int ACCEPTED = 202;

    record Validate(
            @Describe("As written, with its prefix unless the country is named.") @Length(min = 1, max = 128)
            String taxId,

            @Describe("ISO 3166-1, or the VAT prefix.") @Pattern("[A-Z]{2}") @Nullable
            String country,

            @Describe(
                    "Whether the register is asked where its answer isn't known; else form, check digits and known answers.")
            @Default("false")
            boolean online) {}

    @Describe("What is known of a tax id.")
    @ApiName("TaxIdValidation")
    record ValidationView(
            @Describe("Normalised, with its prefix.") String taxId,
            TaxIdStatus status,

            @Describe("When the register was last asked.") @Nullable
            Instant checkedAt,

            @Describe("The register's own number of its answer, as proof.") @Nullable
            String consultationNumber) {

        static ValidationView of(TaxIdCheck check) {
            return new ValidationView(check.id().text(), check.status(), check.checkedAt(), check.consultationNumber());
        }
    }

    List<Operation<?, ?>> all() {
        return List.of(reading(
                        Operation.post("/v1/tax/id-validations", Validate.class, Reply.json(ValidationView.class)),
                        "validateTaxId",
                        "Checks a tax id by form and check digits, and by its register; 202 while that has not answered.")
                .byOwners()
                .rate("heavy")
                // A register is asked outside transactions.
                .key(KeyMode.UNUSED)
                .example("a German one", TaxExamples.VALIDATE, TaxExamples.VALIDATION)
                .handle(this::validate));
    }

    private ValidationView validate(Validate request, ApiContext context) {
        TaxId id =
                request.country() == null ? TaxId.parse(request.taxId()) : TaxId.of(request.country(), request.taxId());
        TaxIdCheck check = request.online() ? ids.verify(id) : ids.check(id);
        if (check.status() == TaxIdStatus.PENDING) {
            context.status(ACCEPTED);
        }
        return ValidationView.of(check);
    }
}
