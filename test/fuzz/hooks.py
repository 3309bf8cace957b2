"""
What Schemathesis has to know besides the OpenAPI document: how to send text, and which refusals of valid requests depend on the state of the
registry, on the time or on another parameter, so that no schema can describe them. Every entry says why.
"""

import re

import schemathesis
from schemathesis.openapi import checks


@schemathesis.serializer("application/x-ndjson", "text/csv")
def serialize_text(ctx, value):
    """Bodies of these types are text already. Schemathesis itself has no serializer for NDJSON, and expects rows for CSV."""
    return {"data": value if isinstance(value, bytes) else str(value).encode("utf-8", errors="surrogatepass")}


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """
    Drops random cursors of valid requests: only a cursor that the server signed for the same query is valid, so with another one nothing else
    of the request would be tested. Invalid requests keep theirs.
    """
    if case.meta is not None and case.meta.generation.mode.is_positive and case.query:
        case.query.pop("cursor", None)


# Refusals of valid requests that are right, as (status, what the detail of each error matches): why.
EXPECTED_REFUSALS = {
}


def is_expected(status, problem):
    details = [error["detail"] for error in problem["errors"]] or [problem["detail"]]
    patterns = [re.compile(pattern) for expected, pattern in EXPECTED_REFUSALS if expected == status]
    return all(any(pattern.fullmatch(detail) for pattern in patterns) for detail in details)


@schemathesis.hook
def filter_failure(ctx, failure, case, response):
    """Whether a failure counts: not if the server refused a valid request, and all reasons that it gave are expected ones."""
    if not isinstance(failure, checks.RejectedPositiveData):
        return True
    return not is_expected(response.status_code, response.json())
