"""What Lighthouse says of the public pages of a running portal, as a phone sees them.

    make lighthouse URL=http://localhost:8000

Needs npm, and chromium; the program itself is fetched once into `var/lighthouse`. It prints figures and never judges them.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "var" / "lighthouse"
PAGES = {
    "Home": "/?plaats=2400-mol",
    "results": "/activiteiten/?plaats=2400-mol&q=baby",
    "House": "/huizen/baldemore/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
GOOD = 0.9


def main(url: str) -> None:
    """A line for each page: four scores, and what could be better."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not (FOLDER / "node_modules").exists():
        subprocess.run(["npm", "install", "--silent", "lighthouse"], cwd=FOLDER, check=True)
    print(f"{'page':<10}" + "".join(f"{name:>16}" for name in CATEGORIES))
    for name, path in (PAGES | found_pages(url)).items():
        report = judged(url + path)
        print(f"{name:<10}" + "".join(f"{report['categories'][c]['score'] * 100:>16.0f}" for c in CATEGORIES))
        for audit in report["audits"].values():
            if (
                audit["score"] is not None
                and audit["score"] < GOOD
                and audit["scoreDisplayMode"] != "informative"
            ):
                print(f"           {audit['id']} {audit.get('displayValue', '')}")


def found_pages(url: str) -> dict[str, str]:
    """An activity to which one can sign up, and its form: their addresses are of this portal."""
    results = read(f"{url}/activiteiten/?plaatsvrij=1&q=babymassage")
    for activity in re.findall(r'href="(/activiteiten/[a-z0-9-]+/)"', results):
        if form := re.search(r'href="(/momenten/\d+/inschrijven/)"', read(url + activity)):
            return {"activity": activity, "sign-up": form[1]}
    return {}


def read(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode()


def judged(address: str) -> dict:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    command = ["npx", "lighthouse", address, "--quiet", "--output=json", "--output-path=report.json"]
    subprocess.run(
        [*command, "--chrome-flags=--headless=new --no-sandbox"],
        cwd=FOLDER,
        env=os.environ | {"CHROME_PATH": chromium},
        check=True,
    )
    return json.loads((FOLDER / "report.json").read_text())


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
