"""The words of bylines that are no part of a name, in the languages of newspapers: who stands there instead of people.

Words are in lower case; phrases are parted by semicolons. A stem stands for all that begins with it.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(";"))


LINE_BY = _phrases("""
    by; von; par; por; di; da; av; af; door; przez; oleh; από; od; от; written by; posted by; words by; story by;
    reporting by; by staff writer; geschrieben von; verfasst von; ein beitrag von; text von; interview von;
    escrito por; texto de; écrit par; propos recueillis par; rédigé par; scritto da; a cura di; un articolo di;
    geschreven door; tekst av; tekst af; skrevet av; skrevet af; skriven av; text av; napsal; napsala; píše; píšu;
    napísal; napísala; piše; pišu; napisao; napisala; napisal; napisał; napisała; napisane przez; opracował;
    opracowała; przygotował; przygotowała; пише; пишет; написал; написала; подготовил; подготовила; підготував;
    підготувала; написав; γράφει; γράφει η; γράφει ο; γράφουν; του; της; írta; kirjoittanut; scris de; redactat
    de; shkruan; shkruar nga; nga; kirjutas; parengė; tác giả; بقلم; به قلم; מאת; โดย; द्वारा
""")
"""What begins a line that names authors, by itself."""

LABELS = _phrases("""
    author; authors; writer; text; words; reporter; autor; autorin; autoren; autores; autora; autorka; autoři;
    autori; autors; autore; autorius; autoare; avtor; avtorica; auteur; auteurs; auteure; texte; texto; testo;
    tekst; teksti; tekstas; textas; автор; автори; авторы; авторка; автор текста; аутор; текст; szerző; szöveg;
    szerzők; tekijä; kirjoittaja; toimittaja; forfatter; författare; skribent; skribenter; journalist; penulis;
    reporterin; yazan; yazar; haber; höfundur; συντάκτης; κείμενο; كتب; كتبت; الكاتب; إعداد; تقرير; تحرير; כתב;
    כתבה; כותב; כותבת; نویسنده; خبرنگار; گزارشگر; گزارش; تحریر; लेखक; लेखिका; रिपोर्ट; लेख; লেখক; เรื่อง;
    ผู้เขียน; ผู้สื่อข่าว
""")
"""What begins such a line where a colon follows."""

_BESIDE_THEM = _phrases("""
    vom; door; oleh; bởi; vor; de; über; about; profile; name; username; written; posted; post; reported; reporting;
    published; article; artikel; story; recipe; interview; beitrag; escrito; publicado; geschrieben; verfasst;
    erstellt; skriven; skrevet; redigerad; η; ο; staff writer; staff reporter; articles by; posts by;
    view all posts by; text/foto; text und foto; text & foto; text und fotos; text och foto; tekst og foto
""")
BY = LINE_BY | LABELS | _BESIDE_THEM
"""What may stand before a name."""

BY_UNSPACED = _words("""
    作者 撰文 撰稿 本报记者 本報記者 见习记者 記者 记者 文 責任編輯 责任编辑 编辑 編輯 取材
    ライター 執筆 執筆者 投稿者 글쓴이 기자 글·사진 글
""")
"""The same in writing that does not part words."""

REPORTER = ("本报记者", "本報記者", "记者", "記者")
"""Those that a name may follow without any mark between, as in 記者王小林／台北報導."""

NOT_AFTER_REPORTER = "会會节節站团團证證招手"
"""What makes another word of it: 記者会 is a press conference."""

DATELINE_ENDINGS = ("報導", "报道", "報道", "专电", "電")
"""What ends the place that a reporter sent the story from."""

MAY_BEGIN_A_NAME = _words("di da de af av od")
"""Of the words before names, those that are also the beginning of a surname: "Di Maio"."""

AND = _words("and und et og och ve и та και és și dan và with mit avec con med samt")
SHORT_AND = _words("y e i a en ja in і و")
"""Words between names; the short ones also stand within names, and part two names of two words or more only."""

PARTICLES = _words("""
    von van vom zu zum zur der den dem de del della delle dei degli di da das dos do du des la le el al ul bin
    ibn bint ter ten te tot af av op 't y e i san mac mc und ben abu st st. o
""")
"""Words in lower case that stand within names."""

ROLES = _words("""
    editor editors reporter correspondent writer journalist columnist contributor contributing photographer
    author founder co-founder ceo cto director professor expert specialist analyst manager producer critic
    researcher fellow senior chief guest special tech medical science political health head redakteur
    redakteurin redakteure chefredakteur chefredakteurin korrespondent korrespondentin volontär volontärin
    journalistin rédacteur rédactrice journaliste correspondant correspondante envoyé envoyée redactor redactora
    periodista corresponsal giornalista redattore verslaggever redacteur journalista dziennikarz dziennikarka
    redaktør toimittaja muhabir muhabiri reportér корреспондент обозреватель журналист phd ph.d md m.d ms m.s
    m.sc msc ma m.a mba rd rn bsn dvm jd esq cfp cpa mph b.a ba cepf cepf®
""")
"""Words after which a name is over: what the person is."""

NEWSROOM_STEMS = (
    *("redaktion", "redakcj", "redakce", "redakcia", "redakcij", "redacci", "redacc", "redacti", "redaçã", "redazion"),
    *("rédaction", "redactie", "toimitus", "szerkesztő", "редакци", "press", "agenc", "agentur", "magazin", "zeitung"),
    *("verlag", "tidning", "newspaper", "haberler", "wordpress", "admin", "anonym", "correspondents", "advertis"),
)
NEWSROOM_ENDINGS = ("zeitung", "blatt", "bladet", "tidningen", "avisen", "nachrichten", "rundschau")
NEWSROOMS = _words("""
    newsroom newsdesk desk staff team teams editorial editors news media medien gmbh ltd inc llc ag e.v tv radio
    online webmaster null undefined unknown bureau group company foundation institute university ministry
    council association society federation corporation studio blog journal times tribune herald gazette diario
    periódico jornal folha noticias notícias nieuws nytt nyheter sanomat gazeta corriere dagblad aktuality
    správy новости известия газета network services partners channel archives archiv contributors reporters
    writers associated reuters afp dpa apa efe ansa ntb ritzau tass xinhua pti ians čtk ctk tasr mti agerpres
    belga anp lusa epd bloomberg тасс интерфакс риа facebook twitter instagram copyright privacy policy comments
    follow 新华社 新華社 共同通信 時事通信 中央社 연합뉴스 編集部 编辑部 編輯部
""")
"""Words of which one in a name makes it that of a newsroom, an agency or a firm, and no name of a person."""

ARTICLES = _words("the die der das il het our your")
"""Words that begin the names of newspapers and not of people."""

SAYS = _words("says said sagt meint schreibt zegt säger siger")
"""Words that end no name: they stand between it and what was said."""

NO_NAMES = (
    BY
    | SAYS
    | _words("""
    and und et on in at to ask more print rate reply recipe content creator sponsored paid read view all home menu login
    search date datum photo photos foto image video source quelle via comment uhr cet est gmt utc pm am rezept shares
    share sport sports user gast guest kontakt january february
""")
)
"""Words that are no name by themselves and begin none."""
