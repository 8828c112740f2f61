"""The months in the languages that newspapers are written in, each by the letters that its names begin with.

Beginnings rather than words: "stycznia", "styczeń" and "sty." are one month, as are "январь", "января" and "янв". The
names are those of Unicode's CLDR, with spellings that pages use beside them after a slash.
"""

from __future__ import annotations

from functools import lru_cache

_NAMES = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec",
    "de": "jan/jän feb mär/mae/mrz/mar apr mai jun jul aug sep okt nov dez",
    "fr": "jan fév/fev mar avr mai juin/jun juil/jul aoû/aou sep oct nov déc/dec",
    "es": "ene feb mar abr may jun jul ago sep/set oct nov dic",
    "ca": "gen feb mar abr mai juny jul ago/ag set oct nov des",
    "gl": "xan feb mar abr mai xuñ xul ago set out nov dec",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "ro": "ian feb mar apr mai iun iul aug sep oct noi/nov dec",
    "nl": "jan feb maa/mrt apr mei jun jul aug sep okt nov dec",
    "sv": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "da": "jan feb mar apr maj jun jul aug sep okt nov dec",
    "no": "jan feb mar apr mai jun jul aug sep okt nov des",
    "is": "jan feb mar apr maí jún júl ágú sep okt nóv des",
    "fi": "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "et": "jaa veeb mär apr mai juun juul aug sep okt nov det",
    "lv": "jan feb mar apr mai jūn jūl aug sep okt nov dec",
    "lt": "saus vas kov bal geg birž liep rugp rugs spal lapkr gruod",
    "pl": "sty lut mar kwi maj/maja cze lip sie wrz paź/paz lis gru",
    "cs": "led úno bře dub kvě červn/červen/čvn červenc/čvc srp zář říj lis pro",
    "sk": "jan feb mar apr máj jún júl aug sep okt nov dec",
    "sl": "jan feb mar apr maj jun jul avg sep okt nov dec",
    "hr": "sij velj ožu tra svi lip srp kol ruj lis stu pro",
    "bs": "jan feb mar apr maj jun jul avg/aug sep okt nov dec",
    "sr": "јан/jan феб/feb мар/mar апр/apr мај/maj јун/jun јул/jul авг/avg сеп/sep окт/okt нов/nov дец/dec",
    "mk": "јан фев мар апр мај јун јул авг сеп окт ное дек",
    "bg": "яну/ян фев мар апр май юни юли авг сеп окт ное дек",
    "ru": "янв фев мар апр май/мая июн июл авг сен окт ноя дек",
    "uk": "січ лют бер квіт трав черв лип серп вер жовт лист груд",
    "be": "студ лют сак крас май/мая/трав чэрв ліп жні вер кастр ліст снеж",
    "kk": "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел",
    "hu": "jan feb már ápr máj jún júl aug sze okt nov dec",
    "sq": "jan shk mar pri maj qer kor gus sht tet nën dhj",
    "el": "ιαν φεβ μάρ/μαρ απρ μάι/μαΐ/μαϊ/μαι ιούν/ιουν ιούλ/ιουλ αύγ/αυγ σεπ οκτ νοέ/νοε δεκ",
    "tr": "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "az": "yan fev mar apr may iyun/iyn iyul/iyl avq sen okt noy dek",
    "id": "jan feb/peb mar apr mei/mai jun jul agu/agt sep okt nov/nop des",
    "ms": "jan feb mac apr mei jun jul ogo/ogs sep okt nov dis",
    "tl": "ene peb mar abr may hun hul ago set okt nob dis",
    "sw": "jan feb mac apr mei jun jul ago sep okt nov des",
    "hi": "जन फ़र/फर मार्च अप्रै मई जून जुल अग सित अक्टू/अक्तू नव दिस",
    "mr": "जाने फेब्रु मार्च एप्रि मे जून जुलै ऑग सप्टें ऑक्टो नोव्हें डिसें",
    "bn": "জানু ফেব্রু মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টে অক্টো নভে ডিসে",
    "ta": "ஜனவரி பிப்ர மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ் செப்ட அக்டோ நவம்ப டிசம்ப",
    "te": "జనవరి ఫిబ్ర మార్చి ఏప్రి మే జూన్ జులై ఆగస్టు సెప్టెం అక్టో నవం డిసెం",
    "th": "มกรา/ม.ค กุมภา/ก.พ มีนา/มี.ค เมษา/เม.ย พฤษภา/พ.ค มิถุนา/มิ.ย กรกฎา/ก.ค สิงหา/ส.ค กันยา/ก.ย ตุลา/ต.ค "
    "พฤศจิกา/พ.ย ธันวา/ธ.ค",
    "ka": "იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ",
    "hy": "հունվ փետր մարտ ապր մայ հունիս հուլիս օգոս սեպ հոկ նոյ դեկ",
    "ar": "يناير/جانفي فبراير/فيفري/شباط مارس/آذار أبريل/ابريل/إبريل/أفريل/نيسان مايو/أيار/ماي "
    "يونيو/يونيه/جوان/حزيران يوليو/يوليه/جويلية/تموز أغسطس/اغسطس/أوت/آب سبتمبر/أيلول أكتوبر/اكتوبر نوفمبر ديسمبر",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "he": "ינו/בינו פבר/בפבר מרץ/במרץ/מרס/במרס אפר/באפר מאי/במאי יונ/ביונ יול/ביול אוג/באוג ספט/בספט אוק/באוק "
    "נוב/בנוב דצמ/בדצמ",
}
_FEWEST_OF_ANY = 4
"""Letters that a word must share with a month of another language than the page's: "pro" is Czech for December."""


def month_of(word: str, language: str | None) -> int | None:
    """Return the number of the month that a word names in a language, in English or, of four letters, in any."""
    name = word.casefold().strip(".,")
    for own in (language or "en", "en"):
        if found := _starting(name, own):
            return found
    if len(name) < _FEWEST_OF_ANY:
        return None
    others = {found for other in _NAMES if (found := _starting(name, other))}
    return others.pop() if len(others) == 1 else None


def _starting(name: str, language: str) -> int | None:
    stems = _stems(language)
    return next((stems[name[:length]] for length in range(min(len(name), 9), 1, -1) if name[:length] in stems), None)


@lru_cache(maxsize=len(_NAMES))
def _stems(language: str) -> dict[str, int]:
    months = _NAMES.get(language, "").split()
    return {stem: number for number, month in enumerate(months, 1) for stem in month.split("/")}
