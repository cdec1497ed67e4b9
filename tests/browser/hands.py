"""The hands of somebody at work, counted as a new person does it: every press, choice and field filled in is one action."""


class Hands:
    """Does one thing at a time, and counts."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def press(self, name, *, role="link"):
        self.actions += 1
        self.page.get_by_role(role, name=name).first.click()

    def menu(self, name):
        """On a phone the menu is folded: opening it is an action too."""
        entry = self.page.locator(".staff-menu").get_by_text(name, exact=True)
        if not entry.is_visible():
            self.actions += 1
            self.page.locator(".staff-menu summary").click()
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
