from __future__ import annotations

import sys

import pytest

from auditor import detector as registry
from auditor.detector import (
    Detector,
    PluginError,
    UnknownRuleError,
    add,
    all_detectors,
    choose,
    detector,
    matches,
    scope,
)
from auditor.findings import Rule, Severity


def rule(name: str) -> Rule:
    return Rule(name, "title", Severity.NOTE)


def nothing(document):
    yield from ()


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(registry, "_registry", {})
    monkeypatch.setattr(registry, "_loaded", {*registry._OWN, registry.ENTRY_POINTS})
    for name in ("a/one", "a/two", "b/one"):
        add(Detector(rule(name), nothing))


def chosen(*args) -> list[str]:
    return [found.rule.id for found in choose(*args)]


def test_what_a_selector_covers():
    for selector in ("all", "a", "a/*", "a/one"):
        assert matches("a/one", selector)
    for selector in ("b", "a/on", "a/two", "*", "one", "A"):
        assert not matches("a/one", selector)


@pytest.mark.usefixtures("empty")
class TestChoose:
    def test_everything_by_default_in_order(self):
        assert chosen() == ["a/one", "a/two", "b/one"]

    def test_ignore_weighs_more_than_select(self):
        assert chosen(["a"]) == ["a/one", "a/two"]
        assert chosen(["a", "b/one"], ["a/two"]) == ["a/one", "b/one"]
        assert chosen([], ["all"]) == []

    @pytest.mark.parametrize("where", [0, 1])
    def test_a_rule_that_there_is_not_is_an_error_with_a_suggestion(self, where):
        choice = [[], []]
        choice[where] = ["a/tow"]
        with pytest.raises(UnknownRuleError, match=r"no rule is called 'a/tow'; did you mean 'a/two'\?"):
            choose(*choice)
        with pytest.raises(UnknownRuleError, match=r"`auditor rules` lists them"):
            choose(["something-else"])


@pytest.mark.usefixtures("empty")
def test_a_rule_id_can_be_taken_once():
    def other(document):
        yield from ()

    other.__module__ = "elsewhere"
    with pytest.raises(ValueError, match=r"a/one is already defined in tests.test_detector"):
        detector(rule("a/one"))(other)
    add(Detector(rule("a/one"), other), replace=True)
    assert all_detectors()["a/one"].check is other


@pytest.mark.usefixtures("empty")
def test_detectors_added_in_a_scope_are_forgotten_at_its_end():
    with pytest.raises(ZeroDivisionError), scope():
        add(Detector(rule("mine/one"), nothing))
        add(Detector(rule("a/one"), print), replace=True)
        assert "mine/one" in all_detectors()
        raise ZeroDivisionError
    assert list(all_detectors()) == ["a/one", "a/two", "b/one"]
    assert all_detectors()["a/one"].check is nothing


class TestPlugins:
    def test_detectors_of_an_installed_package_are_found(self, fake):
        assert {"fake/act", "fake/mild", "fake/word", "boilerplate/refusal"} <= set(all_detectors())
        assert all_detectors(plugins=False).keys() >= {"boilerplate/refusal"}

    def test_they_are_not_imported_where_they_are_not_wanted(self, fake):
        assert "fake/word" not in all_detectors(plugins=False)
        assert "auditor_fake" not in sys.modules

    def test_a_package_that_cannot_be_imported_is_named(self, monkeypatch, tmp_path):
        (tmp_path / "broken_one.py").write_text("import nothing_of_that_name")
        info = tmp_path / "broken_one-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-one\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[auditor.detectors]\nbroken = broken_one\n")
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.setattr(registry, "_loaded", set(registry._OWN))
        with pytest.raises(PluginError, match=r"'broken' of the package 'broken-one'.*nothing_of_that_name"):
            all_detectors()
