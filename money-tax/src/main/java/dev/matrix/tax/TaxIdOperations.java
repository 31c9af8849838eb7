package dev.matrix.tax;

import dev.matrix.core.api.ApiArea;
import dev.matrix.core.api.ApiContext;
import dev.matrix.core.api.KeyMode;
import dev.matrix.core.api.Operation;
import dev.matrix.core.api.Reply;
import dev.matrix.tax.TaxRequests.Validate;
import dev.matrix.tax.TaxViews.ValidationView;
import java.util.List;

/** The operation that checks a tax id. */
record TaxIdOperations(ApiArea area, TaxIds ids) {

    private static final int ACCEPTED = 202;

    List<Operation<?, ?>> all() {
        return List.of(area.reading(
                        Operation.post("/v1/tax/id-validations", Validate.class, Reply.json(ValidationView.class)),
                        "validateTaxId",
                        "Checks a tax id by form and check digits, and by its register; 202 while that has not"
                                + " answered.")
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
