"""
What Schemathesis has to know besides the OpenAPI document: how to send text, and which refusals of valid requests depend on the state of the
registry, on the time or on another parameter, so that no schema can describe them. Every entry says why.
"""

import re

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi import checks


TEXT_TYPES = ("application/x-ndjson", "text/csv")


@schemathesis.serializer(*TEXT_TYPES)
def serialize_text(ctx, value):
    """Bodies of these types are text already. Schemathesis itself has no serializer for NDJSON, and expects rows for CSV."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", errors="surrogatepass")


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """
    Drops random cursors of valid requests: only a cursor that the server signed for the same query is valid, so with another one nothing else
    of the request would be tested. Invalid requests keep theirs.
    """
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    for part in (case.query, case.body):
        if isinstance(part, dict):
            part.pop("cursor", None)


# Errors (pointer, detail) for which the server rightly refuses a request that the document allows, with the reason why it cannot forbid it.
EXPECTED_ERRORS = [
    (r".*details/\w+|\?detail\..*", r".*", "the provider decides which custom fields exist, and their values"),
    (r"#/type|\?type", r"must be one of .*", "the provider decides which types exist"),
    (r"\?\w+", r"is after to|.*(cannot be combined with|combine it only with) .*", "OpenAPI cannot describe two parameters together"),
    (r"#/timestamp", r"is missing: .*", "OpenAPI cannot describe a header and the body together"),
    (r"#/\w+", r"is in the (future|past).*", "depends on the time of the request"),
    (r"#", r"needs at least one of surname, given_name, document_number", "depends on what else the customer has"),
    (r"[#?]/?country", r"is not an ISO 3166 country code .*", "which countries exist is data of the platform"),
    (r"#/(pattern|choices|country)", r"is for the type \w+, not \w+", "depends on what else the field has"),
    (r"#/searchable", r"does not go with pii sensitive", "depends on what else the field has"),
    (r"#/price", r"is not a decimal such as 19\.99", "2e-06 and 0.000002 are the same to JSON Schema; prices have no exponent"),
    (
        r"#",
        r"has no rows|has no column id|has an unknown column: .*|names the column .* twice|is not valid CSV: .*",
        "JSON Schema does not describe CSV",
    ),
]


def is_expected(error):
    return any(
        re.fullmatch(pointer, error["pointer"]) and re.fullmatch(detail, error["detail"], re.DOTALL)
        for pointer, detail, _ in EXPECTED_ERRORS
    )


@schemathesis.hook
def filter_failure(ctx, failure, case, response):
    """
    Whether a failure counts: not if the server refused a valid request, and all reasons that it gave are expected ones. Nor if the type of a
    body of text was to be invalid: whatever Schemathesis generates is sent as text, and a row that is no customer is refused by itself.
    """
    if isinstance(failure, AcceptedNegativeData) and case.media_type in TEXT_TYPES:
        return re.search(r"Invalid component: in body - .*\btype\b", failure.message) is None
    if not isinstance(failure, checks.RejectedPositiveData):
        return True
    # Schemathesis uses ids of earlier responses. The id of a refused row is null, which is no valid path parameter.
    if any(value in (None, "null") for value in (case.path_parameters or {}).values()):
        return False
    errors = response.json()["errors"]
    return errors == [] or not all(is_expected(error) for error in errors)
