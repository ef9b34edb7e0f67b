"""The base of all forms: a form acts once, and never over a change that nobody has seen."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import StringField

from booking.domain import names
from booking.foundation.web import acts, once, typed_again
from booking.foundation.web.acts import Done
from booking.foundation.web.forms import contents, edits
from booking.foundation.web.forms.plain_english import PlainEnglish
from booking.foundation.web.once import Sending

T = TypeVar("T")
#: What a service may raise, each with the name of its field ("" for the top of the page), or with
#: what finds that name in the refusal. The first that fits counts; but a refusal that has a `field`
#: or `problems` of its own says itself where it belongs.
Refusals = Mapping[type[Exception], str | Callable[[Any], str]]
_NONE: Refusals = MappingProxyType({})
_PLAIN_ENGLISH = PlainEnglish()


class Form(FlaskForm):
    """A form that strips white space and can show a service's refusal beside a field."""

    class Meta(FlaskForm.Meta):
        """Strip text on the way in; refuse in our own words."""

        def get_translations(self, form: Any) -> Any:
            """Return the plain English versions of the library's own messages."""
            return _PLAIN_ENGLISH

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Take what was sent, unless the form is being built from its row alone."""
            if edits.reads_only_what_is_stored():
                return None
            return super().wrap_formdata(form, formdata)

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Give every text field the filter that tidies it."""
            if issubclass(unbound_field.field_class, StringField):
                filters = list(unbound_field.kwargs.get("filters", ()))
                if tidy not in filters and not unbound_field.kwargs.get("render_kw", {}).get(
                    "data-verbatim"
                ):
                    unbound_field.kwargs["filters"] = (*filters, tidy)
            return unbound_field.bind(form=form, **options)

    #: What the service refused, for a page that then asks something else.
    refusal: Exception | None = None
    #: What makes a second sending the same as the first; a form of money says `Sending.KEY`.
    sending: ClassVar[Sending] = Sending.CONTENTS
    #: How a form that was filled from a stored row compares itself with it; see `editing`.
    edit: edits.Edit | None = None

    @property
    def as_read(self) -> str:
        """What the page carries of what was read; "" for a form that edits nothing stored."""
        return edits.as_read(self) if self.edit else ""

    def is_submitted(self) -> bool:
        """Return whether the form was sent; not while it is built from its row alone."""
        return not edits.reads_only_what_is_stored() and bool(super().is_submitted())

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, having noted what was typed: validators tidy it.

        A form that came after its session had ended is only shown again.
        """
        if typed_again.is_shown():
            return False
        if self.edit:
            self.edit.typed = contents.digests(self)
        _forget_blanks(self)
        return bool(super().validate(extra_validators))

    def carry_out(self, act: Callable[[], T], refusals: Refusals = _NONE) -> Done[T] | None:
        """Do what the form asks for, once it has been sent and its fields will do.

        Return what came of it; None when the page is to be shown: for the first time, or again
        with what was typed and what is wrong with it.
        """
        return self.attempt(act, refusals) if self.validate_on_submit() else None

    def attempt(self, act: Callable[[], T], refusals: Refusals = _NONE) -> Done[T] | None:
        """Do what was asked for in one transaction, whatever the fields hold, or say why not.

        For a form that was checked before, and for buttons that ask for no field. A page that has
        become stale is refused as well, showing who changed what; so is a form of money that was
        sent before with other contents.
        """
        try:
            return Done(acts.run(lambda: self._unless_stale(act), sending=self.sending))
        except edits.StalePage as stale:
            stale.show(self)
        except once.SentWithOtherContents as refusal:
            self.refuse(str(refusal))
        except tuple(refusals) as refusal:
            self.show_refusal(refusal, refusals)
        return None

    def _unless_stale(self, act: Callable[[], T]) -> T:
        if self.edit:
            self.edit.refuse_if_stale(self)
        return act()

    def take_over(self, field: Any) -> None:
        """Replace one of the fields by that of another form of the same kind."""
        self._fields[field.short_name] = field
        setattr(self, field.short_name, field)

    def show_refusal(self, refusal: Exception, refusals: Refusals) -> None:
        """Show a refusal where it says itself, else where the first that fits says."""
        self.refusal = refusal
        if problems := getattr(refusal, "problems", ()):
            self.show_problems(problems)
            return
        field = next(field for kind, field in refusals.items() if isinstance(refusal, kind))
        named = field(refusal) if callable(field) else field
        self.refuse(str(refusal), field=getattr(refusal, "field", "") or named)

    def show_problems(self, problems: Iterable[Any]) -> None:
        """Show each problem that a refusal brings beside its own field."""
        for problem in problems:
            self.refuse(problem.words, field=problem.field)

    def page(self, template: str, **facts: Any) -> ResponseReturnValue:
        """Return the page that the form stands on: 422 when it was sent and was not carried out."""
        return render_template(template, form=self, **facts), 422 if self.is_submitted() else 200

    def refuse(self, message: str, field: str = "") -> None:
        """Show a service's refusal beside `field`, or at the top of the form."""
        if field and field in self._fields:
            self._fields[field].errors = (*self._fields[field].errors, message)
        else:
            self.form_errors.append(message)

    def lift(self) -> None:
        """Show every refusal at the top: the fields are not on the page for it to stand beside."""
        for field in self:
            self.form_errors.extend(field.errors)
            field.errors = ()


class ButtonForm(Form):
    """An action that is one button: only the token is checked."""


def _forget_blanks(form: FlaskForm) -> None:
    """Let white space and invisible marks count as nothing, as they do once a text is tidied.

    What must be filled in looks at what was sent, untidied.
    """
    for field in form:
        if isinstance(field, StringField) and not names.tidy("".join(field.raw_data or ())):
            field.raw_data = []


def tidy(value: Any) -> Any:
    """Trim white space and drop control characters; anything but text is left as it is."""
    return names.tidy(value) if isinstance(value, str) else value
