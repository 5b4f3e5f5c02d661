"""The words that head a field of a report, in the languages researchers write.

A heading is recognised by what is left of it when neutral words are taken away; no list of whole
headings could be long enough. Tables and one function, no knowledge of lines or layout.
"""

from __future__ import annotations

import re
import unicodedata

from inboxd.core.asked import asked

MAX_WORDS = 10
MAX_QUESTION = 140  # characters

_WORDS: dict[str, str] = {
    "proof_of_concept": """
        bewijs bevis dowod důkaz dukaz kanıt доказ докази 증거 증명
        poc pocs proof|proofs proof of concept|proofs of concept exploit|exploits exploit code
        exploitation payload|payloads demonstration demo evidence evidences screenshot|screenshots
        screen shot|screen shots screens capture|captures screen capture|screen captures video poc
        video|videos clip recording http request|http requests raw request request|requests response
        request and response supporting material|supporting materials code sample code test
        attachment|attachments piece jointe|pieces jointes anhang anhange adjuntos allegati anexo|anexos вложения
        proof code attack code exploit steps output log logs exchange exchanges transcript trace traces
        preuve|preuves preuve de concept|preuves de concept capture d'ecran|captures d'ecran
        requete|requetes requete http charge utile demonstration exemple
        nachweis beweis konzeptnachweis machbarkeitsnachweis bildschirmfoto bildschirmfotos beispiel
        prueba|pruebas prueba de concepto evidencia|evidencias captura|capturas capturas de pantalla
        prova|prove prova di concetto prova de conceito evidenza|evidenze comprovacao schermata
        доказательство|доказательства доказательство концепции эксплойт эксплоит скриншот|скриншоты
        пример подтверждение пруф запрос
        概念验证 漏洞证明 验证截图 证明 截图 请求包 利用代码 概念実証 実証コード 証拠 証跡 スクリーンショット 実証 リクエスト""",
    "reproduction_steps": """
        reproductiestappen pas a pas stappen steg trin kroki kroky adımlar кроки 재현 절차 재현절차 단계 reproductie reproduceren herhalen återskapa
        step|steps steps to reproduce steps to replicate steps to recreate steps for reproduction
        step by step repro repros repro steps reproduction reproduction steps reproducing reproduce
        to reproduce reproducer reproducibility how to reproduce how to replicate how to exploit
        how to verify how to check how to test how to trigger how i found it how i did it
        how it works how to recreate replication replicate recreate validation steps walkthrough
        walk through route verifica verificacion verificacao procedure attack steps exploitation steps steps taken steps to exploit
        method steps to validate steps to repeat repeat repeating retest methodology verification what i did reproduction instructions instructions
        cheminement deroulement deroule manipulations demarche
        etape|etapes etapes de reproduction etapes pour reproduire reproduire pour reproduire
        comment reproduire reproduction marche a suivre mode operatoire procedure manipulation
        schritt|schritte schritte zur reproduktion reproduktion reproduktionsschritte
        schritte zum nachstellen nachstellen nachvollziehen vorgehen vorgehensweise ablauf anleitung
        paso|pasos pasos para reproducir pasos de reproduccion reproducir reproduccion como reproducir
        procedimiento passaggi passaggio passi passi per riprodurre riprodurre riproduzione
        come riprodurre procedura passo|passos passos para reproduzir passos para reproducao
        passos de reproducao reproduzir reproducao como reproduzir procedimento
        шаг|шаги шаги воспроизведения шаги для воспроизведения воспроизведение воспроизведения
        как воспроизвести как повторить повторить порядок действий
        操作过程 操作流程 发现过程 测试过程 复现步骤 重现步骤 复现过程 复现 重现 步骤 漏洞复现 再現手順 再現方法 再現 手順 操作步骤 利用过程 重現步驟 重現方式 重現方法 重現 nachvollzug recipe""",
    "impact": """
        gevolg gevolgen följd följder konsekvens konsekvenser påverkan skutki wpływ konsekwencje dopad etki etkisi наслідки вплив 영향 missbrauch
        impact|impacts security impact business impact impact analysis impact of this vulnerability
        consequence|consequences risk|risks risk analysis attack scenario|attack scenarios scenario
        effect|effects why it matters why does it matter why it is bad so what damage threat
        what an attacker can do what can an attacker do what could happen worst case
        abuse scenario exploit scenario aftermath dommage|dommages degat|degats prejudice attack vector|attack vectors impact statement implication|implications result
        consequences risque|risques scenario d'attaque portee effet|effets danger gravite et impact
        ce que peut faire un attaquant
        auswirkung|auswirkungen folge|folgen schaden risiko|risiken gefahr gefahren bedrohung
        was kann passieren angriffsszenario
        schadenspotenzial schadenspotential tragweite gefahrdung effetto effetti
        repercusion repercusiones alcance repercussion|repercussions ripercussione ripercussioni
        repercussao repercussoes impacto|impactos consecuencia|consecuencias riesgo|riesgos escenario de ataque
        impatto|impatti conseguenza|conseguenze rischio|rischi scenario di attacco
        consequencia|consequencias risco|riscos cenario de ataque
        влияние последствие|последствия воздействие риск|риски угроза импакт ущерб
        影响 漏洞影响 危害 漏洞危害 风险 影響 リスク 脅威 被害 想定される影響 影響度""",
    "credit": """
        vermelding omnämnande podziękowania poděkování teşekkür подяка
        credit|credits acknowledgement|acknowledgements acknowledgment|acknowledgments
        recognition attribution hall of fame public credit credit preference credit preferences
        name for credit name for credits credit name name for the hall of fame credit to credited as
        publication of my name my name on your page public acknowledgement crediting credit wish
        citation remerciement|remerciements mention publique credit public mention au credit
        danksagung danksagungen nennung namensnennung anerkennung wurdigung erwahnung
        credito|creditos reconocimiento reconocimientos agradecimiento|agradecimientos mencion
        riconoscimento riconoscimenti ringraziamento|ringraziamenti crediti menzione
        agradecimento|agradecimentos reconhecimento mencao
        благодарность|благодарности|благодарностях упоминание признание указание имени указание авторства
        氏名公表 公表 publicite mention publique mencion publica 致谢 署名 鸣谢 谢辞 謝辞 クレジット 掲載 掲載希望 公開時のお名前""",
    "contact": """
        contact|contacts contact person contact details contact detail contact info contact information contact me
        how to contact me how to reach me reach me reachable at my contact my details about me
        my contact details contact data email e-mail mail email address signal telegram phone
        contact email reply to preferred contact
        reach interlocuteur interlocutrice referent
        coordonnees mes coordonnees me joindre me contacter pour me joindre joindre courriel
        erreichbarkeit kontakt kontaktdaten kontaktmoglichkeit ansprechpartner erreichbar unter
        contacto contactos datos de contacto contatto contatti recapito recapiti contato contatos
        контакт|контакты контактные данные связь для связи
        联系方式 联系人 联系 联络方式 連絡先 連絡方法 電話 telefon ruckfragen whatsapp threema correspondant personne a joindre a joindre ansprechperson persona de contacto""",
    "reporter": """
        reporter|reporters reported by researcher|researchers discovered by discoverer found by author
        authors exploit author finder security researcher reporter name researcher name discovery
        credit author name my name full name name handle twitter github linkedin
        hackerone username nickname pseudonym alias
        auteur decouvert par rapporteur chercheur trouve par nom pseudo
        entdeckt von gefunden von melder autor investigador descubierto por reportado por
        ricercatore scoperto da segnalato da autore pesquisador descoberto por nombre nome
        автор исследователь имя 报告人 提交人 发现者 作者 姓名 報告者 発見者 氏名""",
    "components": """
        getroffen betrokken påverkad berörd gdzie kde hvor nerede де 위치 대상
        url|urls link to page affected url|affected urls vulnerable url|vulnerable urls endpoint|endpoints
        end point|end points end-point|end-points component|components asset|assets target|targets
        host|hosts hostname|hostnames domain|domains subdomain|subdomains location|locations where
        where is it affected affects affected version affected versions affected product affected system
        product|products application|applications app apps page|pages module|modules feature|features
        functionality parameter|parameters param path paths system|systems website site
        platform service|services api apis vulnerable part|vulnerable parts area file|files
        affected resource|resource|resources scope in scope asset vulnerable parameter uri ip address
        composant|composants cible|cibles perimetre adresse|adresses adresse concernee adresses concernees
        element concerne elements concernes page concernee pages concernees lieu ou parametre concerne
        concernee concerne concernes impacte url concernee
        betroffen betroffene betroffenes betroffener betroffenen komponente|komponenten ziel ziele
        seite adresse anwendung bereich wo
        componente|componentes componente afectado afectado afectada afectados afectadas donde objetivo
        sitio direccion componenti interessato interessata interessati interessate componente interessato
        dove obiettivo sito indirizzo afetado afetada afetados afetadas alvo alvos onde
        endereco url afetada parametro parametros
        уязвимый url уязвимый компонент уязвимый адрес компонент|компоненты затронутые затронутый
        адрес где цель ресурс ресурсы
        接口 影响接口 受影响接口 漏洞接口 受影响 受影响的url 受影响组件 受影响系统 目标 漏洞地址 漏洞url 漏洞位置 组件 影响范围 影响资产 地址
        影響を受ける 影響を受けるurl 対象 対象url 対象システム 影響範囲 該当url 該当箇所 場所 受影响的系统 受影响资产""",
    "description": """
        omschrijving beschrijving samenvatting sammanfattning beskrivning beskrivelse sammendrag opis podsumowanie popis shrnutí açıklama özet опис 설명 요약 개요
        description|descriptions summary overview abstract executive summary tldr tl dr detail|details
        technical details vulnerability|vulnerabilities vuln vulns flaw weakness bug|bugs issue|issues
        problem|problems finding|findings introduction intro background context what what is it
        what is wrong info information technical information technical analysis analysis root cause
        cause explanation vulnerability type vulnerability class vulnerability name vuln type bug type
        type category class title subject vulnerability details security issue report case observation
        vrt category vulnerable code attack type
        faille|failles vulnerabilite|vulnerabilites resume synthese contexte explication|explications
        detail|details details techniques constat probleme titre type de faille type de vulnerabilite
        descriptif sujet nature
        beschreibung zusammenfassung schwachstelle sicherheitslucke einzelheiten lucke problem
        ubersicht hintergrund titel problembeschreibung kurzbeschreibung fehler art
        descripcion resumen detalles vulnerabilidad problema fallo titulo tipo explicacion
        descrizione riepilogo sommario dettagli vulnerabilita titolo sintesi riassunto falla spiegazione
        visao geral descricao resumo detalhes falha titulo explicacao
        описание уязвимость описание уязвимости суть суть проблемы детали кратко кратко резюме проблема
        название заголовок тип тип уязвимости
        漏洞描述 漏洞详情 漏洞概述 漏洞简介 描述 详情 简介 概述 摘要 漏洞名称 漏洞标题 标题 漏洞类型 问题描述 漏洞
        説明 概要 詳細 脆弱性 脆弱性の概要 脆弱性の説明 内容 件名 脆弱性の種類 問題""",
    "other": """
        oplossing aanbeveling åtgärd lösning løsning rozwiązanie zalecenia řešení doporučení çözüm рекомендації 해결
        reference|references link|links see also remediation recommendation|recommendations recommended
        mitigation|mitigations fix fixes suggested fix proposed fix possible fix solution workaround
        workarounds countermeasure countermeasures patch timeline disclosure timeline time line history
        remedy remedies reading countermeasure hardening
        оценка ernst severity severity level priority cvss cvss score cvss vector cvss3 cvss4 score vector rating
        risk rating risk level criticality cwe cwe id cve cve id cve number environment tested on
        tested with browser browsers os operating system disclosure disclaimer note|notes additional info
        additional information additional notes remarks remark comment comments expected expected result
        expected results expected behavior expected behaviour actual actual result actual results
        actual behavior actual behaviour thanks date dates version versions vendor vendor homepage
        homepage software link prerequisite|prerequisites precondition preconditions requirements
        appendix tools tool google dork dork id advisory id status fixed version
        vulnerable version bounty reward bounty reward conclusion sources source bibliography
        privileges required user interaction difficulty likelihood probability personal severity
        legal about us company next steps disclosure policy changelog
        piste|pistes preconisation|preconisations suggestion|suggestions
        gravite criticite severite niveau references correctif correction correctifs remediation
        recommandation|recommandations solution chronologie calendrier environnement navigateur
        pre-requis prerequis remarque remarques version mesure corrective
        abhilfe vorschlag massnahme massnahmen
        schweregrad behebung empfehlung|empfehlungen losung losungsvorschlag referenzen quellen
        zeitplan zeitverlauf umgebung voraussetzung|voraussetzungen anmerkung|anmerkungen hinweis
        gegenmassnahmen einstufung datum kritikalitat
        sugerencia|sugerencias suggerimento suggerimenti sugestao sugestoes
        gravedad severidad solucion referencias recomendacion|recomendaciones cronologia entorno
        requisitos nota notas fecha mitigacion criticidad
        gravita severita soluzione riferimenti raccomandazione|raccomandazioni cronologia ambiente
        requisiti note data rimedio rimedi mitigazione criticita
        severidade gravidade correcao recomendacao|recomendacoes ambiente observacao
        mitigacao criticidade solucao
        серьезность критичность рекомендация|рекомендации исправление ссылки окружение среда примечание
        устранение дата версия уровень опасности приоритет
        严重性 严重程度 危害等级 风险等级 漏洞等级 修复建议 修复方案 解决方案 参考 参考链接 参考资料 备注 附件 时间 日期 时间线
        深刻度 重要度 対策 対処 修正案 推奨 参考 参考情報 備考 添付 環境 日付""",
}

_NEUTRAL = frozenset(
    """om te a an the whether like would have want of to for from my your our its this that these and or with in on by at as is are be was it
    i we you me can could would may here below above following follows please some any all more most very
    security technical detailed full short brief quick clear complete exact precise possible potential
    estimated real main overall general initial business report reported found identified discovered
    vulnerable affected impacted attack attacker malicious public section part optional used sent required personal
    preferred official useful relevant involved concerned suggested proposed tier new current one two
    s d l n b gtfo
    de du des d' la le les l' un une et ou avec pour sur par en dans au aux ce cette ces mon ma mes votre
    vos nos notre souhait publics publiques publicos possible possibles potentiel potentielle potentiels detaille detaillee detailles estime
    estimee utilisee envoyee technique techniques claire utile utiles concerne concernee complet complete courte bref breve
    der die das den dem des ein eine einer und oder mit fur zur zum von bei im am auf mein meine ihre
    mogliche moglicher technische kurze genaue betroffen
    el la los las un una y o con para por del al en mi su sus posible tecnica tecnico detallada breve
    il lo gli i uno e ed per con di del della delle dei su nel mio possibile tecnica tecnico
    o os as um uma e ou com para por do da dos das no na meu minha possivel tecnica tecnico
    и или для с на по в от мой моя возможные возможное техническое подробное
    の を と は に""".split()
)


def normalise(title: str) -> str:
    """Heading text in lower case without accents, emoji, numbers and ornaments around it."""
    plain = unicodedata.normalize("NFKD", title.replace("\u2019", "'"))
    plain = re.sub("[\u0300-\u036f\ufe0f\u20e3]", "", plain)
    plain = unicodedata.normalize("NFC", plain).casefold()
    plain = re.sub(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]|（[^（）]{0,60}）", " ", plain)
    plain = re.sub(
        r"^[^\w]*(?:\d{1,2}(?:\.\d{1,2})*|[a-f]|[ivx]{1,4})[.):\]]\s*", "", plain.strip()
    )
    plain = re.sub(r"^[^\w]*\d{1,2}\s+(?=\D)", "", plain)
    return " ".join(re.sub(r"[^\w\s/'&+-]+", " ", plain).split())


_PHRASES = {
    normalise(phrase): field
    for field, phrases in {
        "proof_of_concept": ("pieces", "elements de preuve", "curl", "curl command", "exploit code", "proof of concept code", "attack code"),
        "impact": (
            "misuse", "abuse", "possible misuse", "potential misuse", "possible abuse", "potential abuse", "abuse potential", "harm", "possible harm", "potential harm", "attacker gain", "attacker gains", "gain", "why it matters", "reason it matters", "reason for concern", "why you might care", "why does it matter", "why is it bad", "what an attacker can do",
            "what can an attacker do", "what could happen", "worst case", "attack scenario", "what an attacker gains", "what attackers can do", "what can happen", "so what", "what can be done with it", "why is this bad", "why is this a problem", "why this matters", "why should you care",
            "exploit scenario", "bad result", "et alors", "por que importa", "por que es grave", "чем опасно", "чем это опасно", "чем грозит", "к чему приводит", "na und", "was daran schlimm ist", "ce que peut faire un attaquant", "was kann passieren", "ce qu'un pirate peut faire", "ce qu'un attaquant peut faire",
            "que puede hacer un atacante", "lo que puede hacer un atacante", "cosa puo fare un attaccante", "o que um atacante pode fazer", "was ein angreifer tun kann", "was ein angreifer kann",
        ),
        "credit": (
            "publication of my name", "publish name", "publish my name", "my name public", "me citer", "citer mon nom", "do you want to be named", "would you like to be named", "do you wish to be named", "may we name you", "can we name you", "should we name you", "may we publish your name", "name me", "thank me", "my name in public", "my name on your page", "name for the hall of fame",
            "souhait de credit", "souhaitez vous etre remercie publiquement", "souhaitez-vous etre remercie publiquement", "voulez-vous etre cite", "veroffentlichung des namens", "namentliche nennung", "mention publique", "shout-out", "shout out", "shoutout", "acknowledge me", "thanks page", "name for thanks", "name for the thanks", "wants credit", "credit wanted", "credit me", "mention me", "thank you note", "hall of fame entry",
        ),
        "reproduction_steps": (
            "process", "the process", "my process", "replay", "how i found it", "try it", "try it yourself", "how to see it", "how to confirm", "to test", "to try", "wie es geht", "so geht's", "sadan gor man", "sadan gores det", "how to do it", "how can you see it yourself", "how to see it yourself", "how can i reproduce it", "see for yourself", "how i did it", "what i did", "how it works", "how i noticed",
            "walk through", "step by step", "so geht es", "doing it again", "do it again", "refaire chez vous", "maniere de constater", "comment refaire", "comment verifier", "comment tester", "scenario d'exploitation", "como reproducirlo", "como repetirlo", "how to test", "proof of concept steps",
        ),
        "description": ("narrative", "bug name", "name of the bug", "issue name", "flaw name", "name of the vulnerability", "bug text", "bug description", "nom de la faille", "ce qui ne va pas", "ce qui cloche", "was nicht stimmt", "was schief lauft", "que falla", "cosa non va", "en bref", "en deux mots", "probleme constate", "what is wrong", "what's broken", "what is broken", "what goes wrong", "what went wrong", "what's wrong", "what is the problem", "what happens", "tl dr", "tldr", "vulnerable code", "attack type", "exploit title"),
        "components": ("matched at", "where is it", "where did i find it", "where i found it", "affected version", "affected versions", "link to page"),
        "reporter": ("et moi", "me", "qui suis-je", "qui je suis", "exploit author", "discovered by", "found by", "reported by", "security researcher"),
        "contact": ("my detail", "best way to reach me", "get in touch", "how to get in touch", "point of contact"),
        "other": (
            "action attendue", "actions attendues", "附註", "備註", "备注", "附注", "patch idea", "patch ideas", "detection", "affected since", "further reading", "what should be done", "what should be done about it", "how to fix it", "how to fix", "how can it be fixed", "how should it be fixed", "what to do", "what you should do", "что сделать", "как исправить", "que faire", "que hacer", "cosa fare", "o que fazer", "was tun", "was zu tun ist", "risk rating", "risk level", "additional information", "additional info", "vendor homepage",
            "software link", "google dork", "advisory title", "next steps", "expected result", "actual result",
            "niveau de risque", "risk score", "publication", "publications", "correcao sugerida", "correccion sugerida", "correction proposee", "correction suggeree", "test environment", "proof of fix",
        ),
    }.items()
    for phrase in phrases
}  # fmt: skip
_WEAK = {
    "what": "description", "where": "components", "how": "reproduction_steps", "why": "impact",
    "affected": "components", "affects": "components", "vulnerable": "components",
    "impacted": "components", "betroffen": "components", "wo": "components", "was": "description",
    "ou": "components", "onde": "components", "dove": "components", "donde": "components",
    "wie": "reproduction_steps", "como": "reproduction_steps", "come": "reproduction_steps",
    "как": "reproduction_steps", "hur": "reproduction_steps", "hoe": "reproduction_steps", "jak": "reproduction_steps",
    "var": "components", "waar": "components", "wat": "description", "vad": "description", "tack": "credit", "quoi": "description", "que": "description", "cosa": "description",
    "что": "description", "warum": "impact", "pourquoi": "impact", "perche": "impact",
    "почему": "impact", "зачем": "impact",
    "result": "proof_of_concept", "results": "proof_of_concept",
}  # fmt: skip
_ORDER = (
    "credit", "reporter", "contact", "reproduction_steps", "proof_of_concept", "impact",
    "components", "other", "description",
)  # fmt: skip
_OUTRANKS = frozenset(
    "rating level score environment additional timeline severity priority cvss cwe cve expected"
    " actual gravite severite schweregrad severidad gravita".split()
)
# Common in titles of flaws, too: alone or among neutral words only.
_VAGUE = frozenset(
    """page pages file files video videos request requests test code log logs name info what where how
    email mail phone signal api apis service services link links note notes date data system systems
    feature features parameter param path paths host hosts domain output response user username type
    issue report bug problem area location scope ip seite bereich titel art art nome nombre nom pseudo
    analysis observation case version versions history id source title subject where so effect danger
    screens capture sample comment comments tool tools status legal application app apps applications
    website site product products module modules platform""".split()
)
# Words that only belong to longer phrases of the tables, and words that two fields share.
_OWN = {
    "details": "description", "detail": "description", "info": "description", "test": "proof_of_concept",
    "information": "description", "page": "components", "vulnerability": "description", "vuln": "description",
    "address": "components", "adresse": "components", "data": "other", "works": "reproduction_steps",
    "technical": "", "page.": "", "title": "description", "analysis": "description", "exploit": "proof_of_concept",
    "exploitation": "proof_of_concept", "name": "reporter", "found": "", "version": "other", "system": "components",
    "check": "reproduction_steps", "verify": "reproduction_steps", "product": "components", "product's": "",
    "case": "", "taken": "", "happen": "", "worst": "", "wrong": "", "matter": "", "matters": "", "bad": "",
    "analysis.": "", "number": "other", "next": "other", "user": "", "interaction": "", "privileges": "",
    "homepage": "other", "software": "", "known": "", "root": "", "file": "components", "video": "proof_of_concept",
    "type": "description", "code": "proof_of_concept",
}  # fmt: skip
_POINTS = re.compile(
    r"to (?:the|whom|your|all)\b.*|(?:you|i|we|one|anyone) (?:can|could|may|might|will|would)\b.*|see (?!also\b)(?!for yourself).*|attachments? (?:above|below|included)|cf\b.*"
    r"|log (?:in|into|on|out)\b.*|(?:the|this|these|my|attached|following) (?:\w+ ){1,4}(?:demonstrat|show|prov|explain|contain|describ)\w*\b.*"
)
"""Points elsewhere, or tells to do something: no heading."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def _tokens() -> dict[str, str]:
    """Word to field; of a word that two fields list, the earlier one in `_ORDER` keeps it."""
    found: dict[str, str] = {}
    for field in _ORDER:
        for word in _WORDS[field].replace("|", " ").split():
            plain = normalise(word)
            if plain not in _NEUTRAL and plain not in _WEAK and len(plain) > 1:
                found.setdefault(plain, field)
    return {word: field for word, field in (found | _OWN).items() if field}


_TOKENS = _tokens()
_CJK_WORDS = sorted((word for word in _TOKENS if _CJK.search(word)), key=len, reverse=True)
_BOTH = re.compile(r"[/&+,]|\b(?:and|et|und|y|e)\b")


def fields_of(title: str, *, marked: bool) -> tuple[str, ...] | None:
    """The fields that a heading names, usually one: () for a topic of none, None for no heading.

    `marked`: the line looks like a heading (Markdown, bold, underlined), so that a word or two more
    may stand in it.
    """
    plain = normalise(title)
    known_as_is = _fields_of(plain, marked=marked)
    if known_as_is is None and "-" in plain:  # "Steps-to-Reproduce"
        return _fields_of(plain.replace("-", " "), marked=marked)
    return known_as_is


def _fields_of(plain: str, *, marked: bool) -> tuple[str, ...] | None:
    words = [word for word in re.findall(r"[^\s/&+,']+", plain) if not word.isdigit()]
    question = (asked(plain) or asked(_bidden(plain))) if len(plain) <= MAX_QUESTION else None
    cjk = _CJK.search(plain) is not None
    if question is not None and (cjk or len(words) > MAX_WORDS):
        return () if question == "other" else (question,)
    if not words or len(words) > MAX_WORDS or len(plain) > 90 or _POINTS.fullmatch(plain):
        return None
    if cjk:
        return _cjk_fields(plain)
    phrase = _PHRASES.get(" ".join(words)) or _PHRASES.get(plain)
    if phrase is not None:
        return () if phrase == "other" else (phrase,)
    if question is not None:
        return () if question == "other" else (question,)
    content = [word for word in words if word not in _NEUTRAL]
    known = [word for word in content if word in _TOKENS]
    unknown = [word for word in content if word not in _TOKENS and word not in _WEAK]
    found = [_TOKENS[word] for word in known]
    if not known:
        found = [_WEAK[word] for word in words if word in _WEAK]
        return tuple(found[:1]) if found and not unknown and len(words) <= 5 else None
    allowed = 0 if not marked or all(word in _VAGUE for word in known) else 2
    if len(unknown) > allowed or (unknown and content.index(known[0]) > 2):
        return None
    if any(word in _OUTRANKS for word in known) and "impact" not in known:
        return ()
    return _ranked(found, both=bool(_BOTH.search(plain)))


def _bidden(plain: str) -> str:
    """What a form bids to write: "please describe the impact of the vulnerability"."""
    return re.sub(
        r"^(?:please |kindly )?(?:briefly )?(?:describe|explain|provide|enter|list|state|tell us|give)(?: us)?(?: the| your| a| an| any)? ",
        "",
        plain,
    )


def _ranked(found: list[str], *, both: bool) -> tuple[str, ...]:
    ranked = [field for field in _ORDER if field in found]
    if "contact" in ranked and "reporter" in ranked:
        ranked.remove("reporter")  # "Reporter's e-mail"
    if (
        len(ranked) > 1
        and "description" in ranked
        and not (both and ranked[0] in ("impact", "proof_of_concept"))
    ):
        ranked.remove("description")
    if len(ranked) > 1 and "other" in ranked:
        ranked.remove("other")
    if ranked == ["other"]:
        return ()
    return tuple(ranked[:2] if both else ranked[:1])


def _cjk_fields(plain: str) -> tuple[str, ...] | None:
    """Chinese and Japanese headings have no blanks: the longest word that stands in them counts."""
    rest = re.sub(r"\s", "", plain)
    for word in _CJK_WORDS:
        if word in rest:
            if len(rest) - len(word) > 8:
                return None
            return () if _TOKENS[word] == "other" else (_TOKENS[word],)
    return None
