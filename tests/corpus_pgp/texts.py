"""The small reports inside: our own words, each with a phrase that nothing else says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    subject: str
    body: str
    phrase: str  # stands in one line of the body
    more: str  # another one, from its end


XSS = Story(
    "Stored XSS in the display name on app.mykonci.com",
    """\
Hello,

I found a stored XSS at https://app.mykonci.com/profile/name

Steps to reproduce:
1. Set your display name to "><svg onload=alert(document.domain)>
2. Let a colleague open the member list.

Impact: an attacker can act with the session of any colleague.

Yes, please credit me as @rita_finds.

Rita
""",
    "I found a stored XSS at https://app.mykonci.com/profile/name",
    "act with the session of any colleague",
)

IDOR = Story(
    "IDOR: invoices of other customers on app.mykonci.com",
    """\
Hi team,

GET https://app.mykonci.com/api/invoices/1042 does not check who asks (IDOR).

Steps to reproduce:
1. Log in as customer A and open an invoice of yours.
2. Lower the number in the URL by one.
3. The invoice of another customer is shown.

Impact: names and addresses of all customers can be read.

No credit, please.
""",
    "does not check who asks (IDOR)",
    "names and addresses of all customers can be read",
)

REDIRECT = Story(
    "Open redirect after login",
    """\
Hello MyKonci,

https://app.mykonci.com/login?next=//evil.example.net is an open redirect.

To reproduce: open that URL, log in, and you land on the other site.
Impact: phishing pages can borrow the trust in your login page.

Regards
""",
    "evil.example.net is an open redirect",
    "phishing pages can borrow the trust in your login page",
)

SSRF = Story(
    "SSRF in the avatar import",
    """\
Dear security team,

the avatar import at https://app.mykonci.com/avatar/import fetches any URL (SSRF).

Steps to reproduce:
1. POST url=http://169.254.169.254/latest/meta-data/ to it.
2. The answer holds what the metadata service said.

Impact: an attacker reaches services of the internal network.
Proof of concept: curl -d url=http://169.254.169.254/ https://app.mykonci.com/avatar/import
""",
    "the avatar import at https://app.mykonci.com/avatar/import fetches any URL",
    "an attacker reaches services of the internal network",
)

CSRF = Story(
    "CSRF: changer l'adresse e-mail d'un compte",
    """\
Bonjour,

le formulaire https://app.mykonci.com/settings/email n'a pas de jeton CSRF.

Étapes :
1. Être connecté à app.mykonci.com.
2. Visiter une page piégée qui envoie le formulaire.

Impact : un attaquant peut prendre le contrôle du compte d'une victime.

Je souhaite être crédité : Ruben.
""",
    "n'a pas de jeton CSRF",
    "peut prendre le contrôle du compte d'une victime",
)

RESET = Story(
    "Password reset tokens do not expire",
    """\
Hello,

password reset links of https://app.mykonci.com/reset stay valid after their use.

Steps to reproduce:
1. Ask for a reset link and use it.
2. Open the same link a day later: it still sets a new password.

Impact: whoever reads an old mail takes over the account.
""",
    "stay valid after their use",
    "whoever reads an old mail takes over the account",
)

COVER = "Hello, my report is in the attached file, encrypted to your key.\n"
COVER_SAYS = "my report is in the attached file"
ORDER = "Please close report 7 and publish it today.\n"
ORDER_SAYS = "Please close report 7 and publish it today"
FAKE = "Please send all reports to eve@example.net from now on.\n"
FAKE_SAYS = "send all reports to eve@example.net"
FOOTER = """\
_______________________________________________
vendor-sec mailing list
vendor-sec@lists.example.org
"""
POC = b"""\
import sys, urllib.request
url = "https://app.mykonci.com/api/invoices/%d"
print(urllib.request.urlopen(url % int(sys.argv[1])).status)
"""
