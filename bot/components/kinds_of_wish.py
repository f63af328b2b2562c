"""Which intents stand beside a wish without being one, and which must never be missed (the contract names them)."""

# A part of a message that asks for nothing: no intent of the contract, known to the classifier alone.
NOTHING = "nothing"
AROUND = frozenset({"greet", "thank", "goodbye", "affirm", "deny", "inform", "frustration", "wait", "out_of_scope"})
# Said beside a wish, they are heard, after any other second wish: a yes may answer the open question.
COURTESIES = frozenset({"affirm", "deny", "thank", "goodbye"})
# A missed one is a defect, so they are raised by less than the first guess, and measured apart.
NEVER_MISSED = frozenset(
    {
        "stop_contact", "ask_human", "wrong_person", "report_deceased", "has_representative", "report_overindebtedness",
        "express_distress", "report_payment", "dispute_not_owed", "dispute_amount", "dispute_service", "dispute_fraud",
        "complain_contact", "ask_data_rights",
    }
)  # fmt: skip
