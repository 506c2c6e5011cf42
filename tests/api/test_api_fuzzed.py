"""The API fuzzed from its own OpenAPI: whatever is sent, the answer is one that the description names, and never a failure."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from servanda.office.config.wsgi import application
from servanda.office.site.api import api

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.app = application


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_call_answers_as_described(case):
    case.call_and_validate(headers={"Host": "127.0.0.1", "Accept-Encoding": "identity"}, checks=CHECKS)
