"""The hands of somebody at work, counted as a new person does it: every press, choice and field filled in is one action."""


class Hands:
    """Does one thing at a time, and counts."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def press(self, name, *, role="link"):
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()

    def menu(self, name):
        """An entry of the menu of staff."""
        self._unfold(".staff-nav", self.page.locator(".staff-nav").get_by_text(name, exact=True))

    def turn_to(self, name):
        """Another page of the same thing: a step of an application, a part of a project."""
        self._unfold(".page-menu", self.page.locator(".page-menu").get_by_role("link", name=name))

    def _unfold(self, menu, entry):
        """On a phone a menu is folded: opening it is an action too."""
        if not entry.is_visible():
            self.actions += 1
            self.page.locator(f"{menu} summary").click()
        self.actions += 1
        entry.click()

    def fill(self, label, text):
        self.actions += 1
        self.page.get_by_label(label, exact=True).first.fill(text)

    def choose(self, label):
        self.actions += 1
        self.page.get_by_label(label, exact=True).first.check()

    def pick(self, part, label, option):
        """One of a list, in a part of the page."""
        self.actions += 1
        self.page.get_by_role("region", name=part).get_by_label(label, exact=True).select_option(label=option)
