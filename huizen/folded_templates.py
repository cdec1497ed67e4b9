"""Templates in which all that never changes is worked out once for each language: words, addresses, files, pictograms.

Half of a page is `{% translate %}`, `{% url %}`, `{% static %}` and `{% icon %}` with fixed arguments. Django works them
out at each request; here they become plain text when a template is first read, and touching texts become one.
Only pages (`.html`): a mail is text that is not escaped.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.defaulttags import IfNode, URLNode
from django.template.library import InclusionNode, SimpleBlockNode, SimpleNode, TagHelperNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.functional import Promise
from django.utils.translation import get_language

Tag = TypeVar("Tag", bound=Callable)


def constant(tag: Tag) -> Tag:
    """This tag says the same each time in one language, when its arguments are fixed: it asks no clock, row or visitor."""
    tag.is_constant = True  # type: ignore[attr-defined]
    return tag


class Loader(CachedLoader):
    """Keeps each template once for each language, folded."""

    def cache_key(self, template_name, skip=None):
        return f"{get_language()}-{super().cache_key(template_name, skip)}"

    def get_template(self, template_name, skip=None):
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template = super().get_template(template_name, skip)
        if is_new and template_name.endswith(".html"):
            _fold(template.nodelist, template)
            template.nodelist = _Folded(template.nodelist)
        return template


class _Folded(NodeList):
    """The nodes of a template that changes no more: Django looks for the blocks in it at each request."""

    def __init__(self, nodes: NodeList):
        super().__init__(nodes)
        self._by_type: dict[type, list[Node]] = {}

    def get_nodes_by_type(self, nodetype):
        if nodetype not in self._by_type:
            self._by_type[nodetype] = super().get_nodes_by_type(nodetype)
        return self._by_type[nodetype]


class _Given(Node):
    """`{% url "home" as home_url %}` that was worked out."""

    child_nodelists = ()

    def __init__(self, name: str, value: str):
        self.name, self.value = name, value

    def render(self, context):
        context[self.name] = self.value
        return ""


def _fold(nodes: NodeList, template: Template) -> None:
    """In place: the blocks of a template are held in more than one list."""
    folded: list[Node] = []
    for node in nodes:
        for part in _parts(node):
            _fold(part, template)
        _translate_arguments(node)
        new = _worked_out(node, template) if _is_constant(node) else node
        if folded and type(new) is type(folded[-1]) is TextNode:
            folded[-1] = TextNode(folded[-1].s + new.s)
        else:
            folded.append(new)
    nodes[:] = folded


def _parts(node: Node) -> Iterator[NodeList]:
    if isinstance(node, IfNode):
        yield from (part for _, part in node.conditions_nodelists)
    elif isinstance(node, SimpleBlockNode):
        yield node.nodelist  # Django names it nowhere
    else:
        yield from (part for name in node.child_nodelists if (part := getattr(node, name, None)) is not None)


def _translate_arguments(node: Node) -> None:
    """`_("Waar")` as an argument of a tag would be looked up at each request, and for each sign that is escaped."""
    if isinstance(node, TagHelperNode):
        for expression in (*node.args, *node.kwargs.values()):
            if isinstance(expression.var, Promise):
                expression.var = str(expression.var)


def _is_constant(node: Node) -> bool:
    match node:
        case TranslateNode():
            return not node.message_context and not node.asvar and _is_fixed(node.filter_expression)
        case URLNode():
            return all(map(_is_fixed, (node.view_name, *node.args, *node.kwargs.values())))
        case StaticNode():
            return node.varname is None and _is_fixed(node.path)
        # A block with content is a SimpleNode as well, but its content is not fixed.
        case SimpleNode(target_var=None) | InclusionNode() if not isinstance(node, SimpleBlockNode):
            fixed = all(map(_is_fixed, (*node.args, *node.kwargs.values())))
            return fixed and getattr(node.func, "is_constant", False)
    return False


def _is_fixed(expression: FilterExpression) -> bool:
    """A text or a number of the template itself, be it translated."""
    return not expression.filters and not (
        isinstance(expression.var, Variable) and expression.var.lookups is not None
    )


def _worked_out(node: Node, template: Template) -> Node:
    context = Context()
    with context.bind_template(template), context.render_context.push_state(template):
        text = node.render(context)
        if isinstance(node, URLNode) and node.asvar:
            return _Given(node.asvar, context[node.asvar])
    return _at(node, TextNode(text))


def _at(node: Node, text: TextNode) -> TextNode:
    """Errors are told by where a node stood."""
    text.token, text.origin = node.token, node.origin
    return text
