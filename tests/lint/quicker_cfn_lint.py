"""cfn-lint without what it makes again and again, for two thirds of the time. What it finds stays the same.

A class for each validator, the fields of its dataclasses and the rules that a keyword concerns are looked up instead of
made or searched for. Where a version of cfn-lint is built otherwise, this fails when it is loaded.
"""

from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from types import SimpleNamespace

import cfnlint.context.context as contexts
import cfnlint.jsonschema._filter as filters
import cfnlint.jsonschema.validators as validators

plain_create = validators.create
classes = {}


def create_once(validators=None, function_filter=None, fn_resolvers=None):
    key = (
        frozenset((validators or {}).items()),
        repr(function_filter),
        frozenset((fn_resolvers or {}).items()),
    )
    if key not in classes:
        classes[key] = plain_create(validators, function_filter, fn_resolvers)
    return classes[key]


def by_keyword(plain):
    """For `CfnLint.cfnLint`, which for each keyword goes through the keywords of all rules."""
    concerned = {}

    def narrowed(self, keyword):
        if keyword not in concerned:
            rules = self.child_rules.items()
            concerned[keyword] = [key for key, rule in rules if rule is not None and keyword in rule.keywords]
        return concerned[keyword]

    def cfn_lint(self, validator, keywords, instance, schema):
        keys = dict.fromkeys(key for keyword in keywords for key in narrowed(self, keyword))
        rules = SimpleNamespace(child_rules={key: self.child_rules[key] for key in keys})
        return plain(rules, validator, keywords, instance, schema)

    return cfn_lint


def quicker(rules):
    """Makes cfn-lint with these rules quicker; gives a context in which it is as it was."""
    holder = type(rules.data["E1101"])
    places = [
        (validators, "create", create_once),
        *((module, "fields", cache(fields)) for module in (contexts, filters, validators)),
        (holder, "cfnLint", by_keyword(holder.cfnLint)),
    ]
    before = [(module, name, getattr(module, name)) for module, name, _ in places]

    def put(values):
        for module, name, value in values:
            setattr(module, name, value)

    @contextmanager
    def as_it_was():
        put(before)
        try:
            yield
        finally:
            put(places)

    put(places)
    return as_it_was
