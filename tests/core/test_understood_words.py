"""Words of reports that strangers wrote, as they were first misread."""

from __future__ import annotations

import pytest

from inboxd.core.contacts import leads
from inboxd.core.extract import read_text
from inboxd.core.likeness import Telling, Weights
from inboxd.core.model import CreditWish
from inboxd.core.quoting import new_text
from inboxd.core.scope import Scope

SCOPE = Scope(("mykonci.com", "*.mykonci.com"), ())


def test_a_shown_exchange_of_curl_is_no_quotation():
    text = "Look:\n> GET /a HTTP/1.1\n> Host: app.mykonci.com\n>\n< HTTP/1.1 200 OK\n< X-Cache: HIT"
    assert new_text(text) == text


def test_a_quotation_beside_an_exchange_stays_a_quotation():
    assert new_text("Yes.\n> can you send it?\n\n< HTTP/1.1 200 OK") == "Yes.\n\n< HTTP/1.1 200 OK"


def test_a_scenario_of_numbered_points_tells_the_steps():
    text = "## Attack Scenario\na. Send the link\nb. Wait for the click\n\n## Impact\nKeys leak."
    fields = dict(read_text(text, SCOPE).fields)
    assert fields["reproduction_steps"].value == "a. Send the link\nb. Wait for the click"
    assert fields["impact"].value == "Keys leak."


def test_a_contact_keeps_the_name_of_its_service():
    text = "**Best way to reach me**\nSignal: tempy.77, or this address"
    fields = dict(read_text(text, SCOPE).fields)
    assert fields["contact"].value == "Signal: tempy.77, or this address"


@pytest.mark.parametrize(
    ("listed", "proves"), [("clip.mp4 (28 seconds)", True), ("my signed key", False)]
)
def test_a_list_of_attachments_proves_something_when_it_names_a_recording(listed, proves):
    read = read_text(f"## Impact\nBad.\n\n## Attachments\n{listed}\n", SCOPE)
    assert ("proof_of_concept" in dict(read.fields)) is proves


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("## Credit\nyes - handle `ilkka_rd`", "ilkka_rd"),
        ("## Créditos\nSim, com o apelido rosaq e o link https://rosaq.example.net", "rosaq"),
        ("## Credit me as\nmireille_k0 (https://social.example.org/@mireille_k0)", "mireille_k0"),
        ("## Credit\nyes, under the name Ann Bell @ann_b", "@ann_b"),
    ],
)
def test_a_handle_is_read_with_and_without_its_sign(text, handle):
    assert read_text(text, SCOPE).credit.handle == handle


def test_the_name_of_a_flaw_is_not_the_name_of_a_person():
    text = "Name: SSRF in link preview\nImpact: internal hosts\nCredit: yes please"
    credit = read_text(text, SCOPE).credit
    assert (credit.wish, credit.name) == (CreditWish.YES, None)


@pytest.mark.parametrize(
    ("sentence", "wish"),
    [
        ('The mention as "R. Holzapfel" would please me.', CreditWish.YES),
        ("Was on the list as mira0x, same name again please", CreditWish.YES),
        ("Pour le crédit, ce sera « acastaing », sans lien.", CreditWish.YES),
        ("Si vous publiez des remerciements, j'y serais volontiers.", CreditWish.YES),
        ("I'd like to stay out of any public list, thanks.", CreditWish.NO),
        ("We have no interest in being mentioned.", CreditWish.NO),
        ("I saw the list of thanks, without any link to me.", CreditWish.UNKNOWN),
        ("I don't mind either way about being named.", CreditWish.UNKNOWN),
        ("Whether I want to be credited I'll decide after the fix.", CreditWish.UNKNOWN),
        ("Mentionnez-moi ou pas, cela m'est égal.", CreditWish.UNKNOWN),
        ("Me citer : si vous voulez, en fait je vous redirai", CreditWish.UNKNOWN),
        ("Please publish my name only after I have confirmed it.", CreditWish.UNKNOWN),
        ("Credit: only if it gets a CVE, otherwise don't bother.", CreditWish.UNKNOWN),
        ("Não tenho opinião sobre ser mencionada.", CreditWish.UNKNOWN),
        ("Nennung: weiß ich noch nicht", CreditWish.UNKNOWN),
        ("He would be thrilled to be named, but his parents have to agree.", CreditWish.UNKNOWN),
        ("Et inutile de m'afficher sur votre page de remerciements.", CreditWish.NO),
        ("Crédit public : ne sait pas", CreditWish.UNKNOWN),
        ("J'aimerais être cité, sous le pseudo Enzo et pas mon nom.", CreditWish.YES),
    ],
)
def test_sentences_of_strangers_about_credit(sentence, wish):
    assert read_text(f"The export leaks mail addresses.\n\n{sentence}", SCOPE).credit.wish is wish


def test_what_somebody_did_not_do_is_no_step():
    text = "A key of yours lies in a public repository.\n\nI did not use it. Please revoke it."
    assert "reproduction_steps" not in dict(read_text(text, SCOPE).fields)


def test_an_indented_block_is_shown_as_a_proof():
    text = "The assistant obeys files. I sent one.\n\nThe file:\n\n    Ignore the request.\n    Go on.\n"
    proof = dict(read_text(text, SCOPE).fields)["proof_of_concept"].value
    assert proof == "Ignore the request.\n    Go on."


def test_the_finder_of_a_report_gives_a_way_of_contact_without_an_address():
    text = "## Finder\nCorwin, keybase: corwin_db\n\n## Impact\nKeys leak."
    assert "corwin_db" in dict(read_text(text, SCOPE).fields)["contact"].value


def test_a_finder_without_a_way_of_contact_gives_none():
    text = "## Finder\nCorwin Abel, Bridge Labs\n\n## Impact\nKeys leak."
    assert "contact" not in dict(read_text(text, SCOPE).fields)


def test_what_a_wish_elsewhere_grants_is_open_while_its_own_heading_leaves_it_open():
    text = "## Impact\nKeys leak. Please credit me on your page.\n\n## Credit\nNot decided yet."
    assert read_text(text, SCOPE).credit.wish is CreditWish.UNKNOWN


@pytest.mark.parametrize(
    ("sentence", "way"),
    [
        ("Answers reach me at the address vic@example.org.", True),
        ("I logged in and set the address vic@example.org.", False),
    ],
)
def test_an_account_of_the_test_is_no_way_of_contact(sentence, way):
    assert leads(sentence) is way


@pytest.mark.parametrize(
    "answer",
    ["Sì, grazie: con il nome Lia Fonti", "是,署名:李芳", "Ja: als Lia Fonti"],
)
def test_an_answer_with_a_colon_below_a_credit_heading_is_an_answer(answer):
    text = f"Impact: keys leak\nCredit:\n{answer}\nComponent: app.mykonci.com"
    assert read_text(text, SCOPE).credit.wish is CreditWish.YES


def test_a_heading_of_our_own_kind_ends_a_section_where_the_document_marks_headings_so():
    text = "*Impact*\nKeys leak.\n\n*Colophon*\nMade with ed.\n"
    assert dict(read_text(text, SCOPE).fields)["impact"].value == "Keys leak."


def test_a_list_of_contents_is_no_second_finding():
    contents = "## Summary\n## Steps\n## Impact\n\n"
    told = "## Summary\nIt leaks.\n\n## Steps\n1. Open it\n\n## Impact\nAll keys.\n"
    assert read_text(contents + told, SCOPE).findings == 1


def test_a_form_of_questions_and_answers_is_a_form():
    text = "Q: What did you find?\nA: Codes repeat.\n\nQ: What could an attacker do with it?\nA: Join teams."
    fields = {name: found.value for name, found in read_text(text, SCOPE).fields}
    assert (fields["description"], fields["impact"]) == ("Codes repeat.", "Join teams.")


def test_headings_of_a_zine_are_headings():
    text = "--[ 0x01 - steps to pwn\n\n* fetch the key\n* sign\n\n--[ 0x02 - impact\n\nfull admin\n"
    fields = {name: found.value for name, found in read_text(text, SCOPE).fields}
    assert fields["reproduction_steps"].startswith("* fetch")
    assert fields["impact"] == "full admin"


@pytest.mark.parametrize("title", ["Proof of concept / replication steps", "Steps"])
def test_points_of_steps_with_colons_are_no_labels(title):
    steps = '1. Be invited\n2. PATCH /me with {"displayName":"x"}\n3. Reload: the tab is there'
    read = read_text(f"**{title}**\n{steps}\n\n**Impact**\nAll.", SCOPE)
    assert dict(read.fields)["reproduction_steps"].value == steps


def test_an_exploitation_of_ordered_points_tells_the_steps():
    text = "### EXPLOITATION ###\n1/ se connecter\n2/ importer le fichier\n\n### RISK ###\nTout."
    assert "importer" in dict(read_text(text, SCOPE).fields)["reproduction_steps"].value


@pytest.mark.parametrize(
    "wish",
    ["Mention : créditez-moi comme « nuit » svp, pas de lien", "credit: m0ssy pls, no real name"],
)
def test_what_is_denied_beside_a_wish_does_not_refuse_it(wish):
    assert read_text(f"Impact : tout\n{wish}\n", SCOPE).credit.wish is not CreditWish.NO


@pytest.mark.parametrize(
    "offered",
    [
        "I kept a HAR file of both sessions, just ask.",
        "We took a photo of the screen with the names covered.",
        "Our scripts are public on a server of the institute.",
        "A printed copy of the first page will be furnished upon request.",
        "The raw data of the run has been kept.",
        "As evidence please look at offer number 77120.",
        "I recorded my screen reader doing it.",
        "Here's my Burp export with the two responses.",
        "You'll find the raw mail that I received at https://bell.example/invite.eml",
        "J'ai imprimé la page du garage.",
        "La page tient en douze lignes, je la tiens à votre disposition.",
        "Les journaux de notre annuaire sont à votre disposition.",
        "Les en-têtes complets sont déposés chez nous.",
    ],
)
def test_what_somebody_kept_or_put_on_a_server_is_a_proof(offered):
    text = (
        "Hello, the search on https://app.mykonci.com/search shows invoices of other customers.\n\n"
        f"Nobody has to log in for that.\n\n{offered}\n\nAnn Bell\n"
    )
    found = dict(read_text(text, SCOPE).fields)
    assert offered.rstrip(".") in found["proof_of_concept"].value


def test_a_courtesy_is_no_proof():
    text = (
        "Bonjour, la recherche de https://app.mykonci.com/search montre les factures des autres.\n\n"
        "Je reste à votre disposition pour en parler.\n\nAnn Bell\n"
    )
    assert "proof_of_concept" not in dict(read_text(text, SCOPE).fields)


def test_an_enumeration_of_restructured_text_is_no_row_of_headings():
    text = "Steps\n-----\n\n#. Log in.\n#. Open the page.\n\nImpact\n------\n\nKeys leak.\n"
    fields = dict(read_text(text, SCOPE).fields)
    assert fields["reproduction_steps"].value == "#. Log in.\n#. Open the page."


def test_parts_of_a_numbered_chapter_belong_to_its_field():
    text = (
        "# Flaw\n\n## 1 Description\n### 1.1 Before\nTeams have owners.\n### 1.2 The odd thing\n"
        "The header is trusted.\n\n## 2 Impact\n### 2.1 Silence\nAll is read.\n### 2.2 Trust\n"
        "All is changed.\n\n## 3 Fix\n### 3.1 Care\nCheck it.\n"
    )
    fields = {name: found.value for name, found in read_text(text, SCOPE).fields}
    assert fields["description"] == "Teams have owners.\n\nThe header is trusted."
    assert fields["impact"] == "All is read.\n\nAll is changed."


STORY = (
    "Hello,\n\nthe shop shows prices of other customers. The knob beside the wheel was blue. "
    "My goat is sad since then.\n\nAnn Bell\n"
)
SAID = ("The knob beside the wheel was blue.", "My goat is sad since then.")
NO, YES = (
    Weights(-9.0, {}),
    Weights(-9.0, dict.fromkeys("the knob wheel was blue my goat is sad since".split(), 9.0)),
)


def test_a_sentence_that_no_cue_knows_tells_what_all_its_words_say():
    found = dict(read_text(STORY, SCOPE, telling=Telling(YES, NO)).fields)
    assert found["reproduction_steps"].value in SAID
    found = dict(read_text(STORY, SCOPE, telling=Telling(NO, YES)).fields)
    assert found["impact"].value in SAID
    assert {"reproduction_steps", "impact"}.isdisjoint(dict(read_text(STORY, SCOPE).fields))


def test_one_known_word_alone_says_nothing_of_a_sentence():
    one = Weights(-9.0, {"goat": 90.0})
    assert "impact" not in dict(read_text(STORY, SCOPE, telling=Telling(NO, one)).fields)


def test_a_scenario_beside_an_impact_tells_the_steps():
    told = "Scénario : envoyer le lien\n\nImpact : vol de session\n"
    fields = {name: found.value for name, found in read_text(told, SCOPE).fields}
    assert (fields["reproduction_steps"], fields["impact"]) == ("envoyer le lien", "vol de session")


def test_a_heading_below_a_request_is_no_body_of_it():
    text = (
        "[+] Proof of Concept\nGET /a?b=c HTTP/1.1\nHost: api.mykonci.com\n\n"
        "[+] How to reproduce\nSend it twice.\n\n[+] Impact\nAll is read.\n"
    )
    fields = {name: found.value for name, found in read_text(text, SCOPE).fields}
    assert fields["reproduction_steps"] == "Send it twice."


def test_labels_in_capitals_may_end_in_a_dash():
    fields = {
        name: found.value
        for name, found in read_text("STEPS-\nopen it\nIMPACT- all is read\n", SCOPE).fields
    }
    assert (fields["reproduction_steps"], fields["impact"]) == ("open it", "all is read")


def test_lines_that_look_like_yaml_keep_the_labels_that_no_schema_has():
    text = (
        "vuln: directory listing enabled\nwhere: https://assets.mykonci.com/backup/\n"
        "impact: 2 db dumps downloadable\npoc: https://assets.mykonci.com/backup/a.gz\n"
        "credit: sure, mike tandberg\n"
    )
    assert dict(read_text(text, SCOPE).fields)["description"].value == "directory listing enabled"


def test_a_label_is_no_name():
    text = "# Exploit Title: SQL injection\n# Exploit Author: r00tless\n\n[+] Impact\nAll.\n"
    assert read_text(text, SCOPE).credit.name != "Exploit Author"


def test_a_form_that_denies_something_else_refuses_no_credit():
    text = (
        "Description : l'export ne vérifie pas l'identifiant, et rien d'autre ne le demande non plus\n"
        "Adresse : https://app.mykonci.com/export\nReproduction : demander son export, changer uid\n"
        "Impact : chacun lit tout ce que les autres clients du service ont gardé jusqu'à ce jour\n"
        "Souhait de remerciement public : oui\nNom : Odile Kermadec\nPseudonyme : (aucun)\n"
    )
    credit = read_text(text, SCOPE).credit
    assert (credit.wish, credit.name) == (CreditWish.YES, "Odile Kermadec")


def test_chinese_labels_need_no_blank_behind_their_colon():
    text = "一、漏洞描述:没有校验用户身份\n二、影响接口:https://api.mykonci.com/a\n三、漏洞影响:可以篡改他人的地址\n四、是否公开致谢:否\n"
    read = read_text(text, SCOPE)
    fields = {name: found.value for name, found in read.fields}
    assert (fields["description"], fields["impact"]) == ("没有校验用户身份", "可以篡改他人的地址")
    assert read.components == ("https://api.mykonci.com/a",)
    assert read.credit.wish is CreditWish.NO


CLAIM = "I found an XSS on https://app.mykonci.com/a.\n\n"


@pytest.mark.parametrize(
    "words",
    [
        'Please do not publish my name, whether you pay or not. My team "Bell Lab" would like it.',
        'Please keep me anonymous, either way. If you have a hall of fame, list me as "a.b".',
        "Please do not credit me, whether you fix it or not.",
        "Bitte nennen Sie mich nirgends.",
        "Under no circumstances may our name be published.",
        "Merci de ne surtout pas publier mon nom.",
        "Ne me citez pas, que la prime soit versée ou non.",
        "Bitte nennen Sie mich nicht, ob Sie es beheben oder nicht.",
        "I want to stay anonymous, and I'll decide later about a talk.",
        "Another company named me without asking, so please keep me anonymous.",
        "Credit: no, after my last report I got spam.",
        "Credit: none; only tell me if it is fixed",
        "Credit (Y/N): N",
        "Credits: please omit",
        "Vous pouvez publier les détails et pas mon nom.",
        "The parameter roles[] is not checked. Do not publish my name.",
    ],
)
def test_a_refusal_wins_over_what_is_left_open_beside_it(words):
    assert read_text(CLAIM + words, SCOPE).credit.wish is CreditWish.NO


@pytest.mark.parametrize(
    "words",
    [
        "You asked if I want to be credited. Yes, as Ann Bell.",
        "Please credit me as Ann Bell, whether it is fixed soon or not.",
        "Please list me as Ann Bell, I don't mind whether the link is included.",
        "J'aimerais être citée comme Ann Bell, que la prime soit versée ou non.",
        "Vous pouvez me citer (Ann Bell), je vous dirai quand publier.",
        "Credit: N. Obi",
        "Credit: N'Golo Kanté",
    ],
)
def test_a_yes_stays_one_beside_other_doubts(words):
    assert read_text(CLAIM + words, SCOPE).credit.wish is CreditWish.YES


@pytest.mark.parametrize(
    "words",
    [
        "I'd love to be credited as Ann Bell. My employer hasn't answered yet, though.",
        "Once I have seen your draft you may name me (Ann Bell).",
        "Should this be rated critical, please credit me as Ann Bell.",
        "Had you answered in March, I'd have been proud to be mentioned.",
        "I said that you may name me; I withdraw that.",
        "Being named would do me more harm than good, so please refrain.",
        "Si ma directrice est d'accord, citez-moi (Ann Bell).",
        "Sobald mein Chef zustimmt, nennen Sie mich gerne als Ann Bell.",
        "Si suben la gravedad, me gustaría aparecer en los agradecimientos.",
        "等老板同意以后可以署名",
        "Please give credit to the scanner, the rest was done by hand.",
        "Credit: Blank, please.",
        "Do you want to be named? Negative.",
        "How would you like to be thanked?\nSurprise me.",
        "Credit: Photo: Getty / Ann Bell",
        "Créditos: Os créditos de bônus podem ser resgatados duas vezes.",
        "Reporter wishes to be credited (y/n): n",
        "PLEASE CREDIT ME AS ANN BELL, IF MY BOSS AGREES.",
        'Please credit me as Ann Bell, "if my boss agrees".',
        "My boss must agree first. Please credit me as Ann Bell.",
        "Please credit me as Ann Bell.\n\nOnly once my boss has agreed.",
        "- credit me as Ann Bell\n- only once my boss agrees",
        "## Credit\nYes, Ann Bell.\n\nP.S. I changed my mind, drop me.",
        "Please credit me as Ann Bell? Up to you.",
        "You may name me (Ann Bell) if you have paid.",
        "You may name me, hold it until I say so.",
        "Please credit the team, not my name.",
        "Falls Sie zahlen, nennen Sie mich gerne als Ann Bell.",
        "I'd love to avoid being credited.",
        "Veuillez éviter de me citer.",
        "Please credit me as Ann Bell. On second thought, leave it.",
        "Credit: opt_out",
        "Credit: An Anonymous Researcher",
        "Yes [ ] No [x] Do you want to be credited?",
        "~~Please credit me as Ann Bell.~~",
        "You can credit me 20 euros twice and the balance doubles.",
        "Podem citar-me, desde que a universidade autorize.",
    ],
)
def test_a_yes_beside_anything_that_may_limit_it_is_none(words):
    assert read_text(CLAIM + words, SCOPE).credit.wish is not CreditWish.YES


@pytest.mark.parametrize(
    "words",
    [
        "If you publish an advisory, please credit me as Ann Bell.",
        "Should you keep a list of thanks, name me as Ann Bell.",
        "Please credit me as Ann Bell, no link needed. I will not publish before you fix it.",
        "Citez-moi sous mon pseudo uniquement : annbell_7, s'il vous plaît.",
        "Falls Sie Finder nennen, dann bitte als Ann Bell.",
        "Please credit me as Ambrose Till.",
        "Please credit me as Ann Bell. I did not access any data, and I have not told anybody.",
        "I could not find a login. Please credit me as Ann Bell.",
        "Si vous publiez des remerciements, citez-moi comme Ann Bell.",
        "My employer agrees. Please credit me as Ann Bell.",
        "Please credit me as Ann Bell, and tell me when it's mended.",
        "We ask you to name Ann Bell in your notes.",
        "Vous pouvez donner mon nom, Ann Bell.",
        "- publish my name: yes\n- publish my address: no",
        "Anonymity: not needed, you can name me (Ann Bell).",
    ],
)
def test_what_limits_no_consent_leaves_a_yes(words):
    assert read_text(CLAIM + words, SCOPE).credit.wish is CreditWish.YES


def test_boxes_that_nobody_ticked_wish_nothing():
    text = f"{CLAIM}[ ] oui, citez-moi\n[ ] non, je reste anonyme\n"
    assert read_text(text, SCOPE).credit.wish is CreditWish.UNKNOWN


def test_wishes_and_talk_are_no_part_of_another_field_whatever_their_words():
    every = Weights(9.0, dict.fromkeys("please do not publish my name thank you".split(), 1.0))
    text = f"{CLAIM}Please do not publish my name.\n\nThank you for your name, please do not publish.\n"
    fields = dict(read_text(text, SCOPE, telling=Telling(every, every)).fields)
    told = " ".join(found.value for found in fields.values())
    assert "publish" not in told


def test_the_impact_of_a_scenario_stays_one():
    text = "Impact of the scenario: everything is lost.\n\nImpact: all data\n"
    assert "everything" in dict(read_text(text, SCOPE).fields)["impact"].value


@pytest.mark.parametrize(
    ("told", "impact"),
    [
        ("Anyone reads the mails of everyone.", True),
        ("Lecture de toute la base, mots de passe compris", True),
        ("CVSS 3.1 base score 7.5 of 10", False),
        ("I would rate it as high", False),
        ("That I leave to you", False),
        ("High, says my boss here", False),
    ],
)
def test_what_stands_under_severity_is_the_impact_unless_it_rates(told, impact):
    text = (
        f"## Summary\nThe export leaks.\n\n## Severity\n{told}\n\n## URL\nhttps://app.mykonci.com/x"
    )
    found = dict(read_text(text, SCOPE).fields)["impact"]
    assert (told in found.value) is impact


@pytest.mark.parametrize(
    ("letter", "wish"),
    [
        ("Don't name me. P.S. I changed my mind: do put my name into the advisory.", "unknown"),
        ("Do put my name into the advisory. P.S. I changed my mind: don't name me.", "no"),
        ("Please don't name me. P.S. Forget that: don't even thank me.", "no"),
    ],
)
def test_a_refusal_that_is_taken_back_leaves_the_wish_open(letter, wish):
    assert read_text(f"The export leaks mail addresses.\n\n{letter}", SCOPE).credit.wish == wish


def test_a_wish_goes_on_over_the_end_of_a_line():
    wish = "For all of the work that went into this report I would be glad to\nbe named in your bulletin."
    text = f"The export leaks mail addresses.\n\n{wish}"
    assert read_text(text, SCOPE).credit.wish is CreditWish.YES
