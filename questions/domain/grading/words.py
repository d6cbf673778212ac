"""Words of ordinary language that grading must know; no subject's knowledge.

What belongs to a subject comes from vocabularies: an entity type's `generic` words and `titles`
are added to the class nouns and titles here, and a type's own label counts as a class noun.
"""

from __future__ import annotations

ARTICLES = frozenset({"the"})
ARTICLES_ABROAD = frozenset("a an der die das le la les il lo gli i el los las".split())
PARTICLES = frozenset(
    "von van der den de da di del della du la le y al el bin ibn abu ben of the".split()
)
# What only begins a family name: whoever writes it alone has named nobody.
NAME_BEGINNINGS = frozenset(
    """san santa santo sant sao saint sainte sankt st ste mac mc abd abdel abdal abdul abdallah ben
    bint bar fitz del dos das los las ter ten zum zur vom""".split()
)

# Spellings of one word, so that either may be typed for the other.
SAME_WORD = {
    "saint": "st", "sankt": "st", "sainte": "st", "ste": "st", "mount": "mt", "fort": "ft",
    "mountain": "mt", "mountains": "mts", "doctor": "dr", "junior": "jr", "senior": "sr",
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "first": "1st", "second": "2nd",
    "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th", "centre": "center", "harbour": "harbor",
    "rep": "republic", "dem": "democratic", "defence": "defense", "sulphur": "sulfur",
    "sulphuric": "sulfuric", "sulphate": "sulfate", "sulphide": "sulfide",
    "sulphite": "sulfite", "aluminium": "aluminum", "caesium": "cesium",
} | {
    f"{tens}{ones}": str(ten * 10 + one)
    for ten, tens in enumerate(("", "x", "xx", "xxx"))
    for one, ones in enumerate("- i ii iii iv v vi vii viii ix".replace("-", "").split(" "))
    if len(tens + ones) > 1
}  # fmt: skip

# Class nouns of the world at large; each line's words may stand for one another.
CLASS_NOUNS = (
    "lake lac lago ozero see", "river stream creek rio", "sea ocean", "mt mts mont monte peak",
    "isle island",
    "isles islands", "city town village", "province region prefecture oblast county district",
    "desert", "valley", "bay gulf", "strait straits", "cape", "volcano", "canal", "port harbor",
    "airport", "station", "bridge", "castle", "palace", "cathedral", "church", "temple",
    "disease syndrome", "law theorem principle rule effect equation", "event",
)  # fmt: skip
# Words between a class noun and a name, in the languages learners may write.
LINKS = frozenset(
    """of de du des d von vom am an um bei zu der la le les del della di do da na u pri van at in
    on signed fought held concluded""".split()
)
# Forms of state: a republic is not the empire of the same name.
NEVER_SWAPPED = frozenset(
    """empire kingdom republic union state states federation commonwealth principality house army
    corps division front sea ocean gulf bay island isle islands isles desert cape port""".split()
)
# Those whose proper part does not stand for the whole: the Cold Sea is not "Cold" …
KEPT_IN_FULL = frozenset(
    """sea ocean island isle islands isles desert bay gulf cape port harbor church temple bridge
    station rule law event pact agreement accord accords congress""".split()
)
# … and those for which "Republic of Norland" stands as "Norland", not "Northern Empire" as
# "Northern".
KEPT_AT_END = frozenset(
    """war wars empire kingdom republic union state states house press review journal conflict
    conflicts front side forces coalition alliance dispute quarrel convention""".split()
)
# Class nouns in Chinese characters, by the English ones that they stand for …
HAN_CLASS_NOUNS = {
    "湖": "lake", "山": "mt", "峰": "mt", "川": "river", "河": "river", "江": "river", "海": "sea",
    "島": "island", "岛": "island", "市": "city", "城": "city", "村": "village", "省": "province",
    "県": "prefecture", "縣": "county", "县": "county", "国": "state", "國": "state",
    "海峡": "strait", "海峽": "strait", "半島": "cape", "半岛": "cape",
}  # fmt: skip
# … and those that may be swapped but not left out: 東海 is not 東.
HAN_KEPT = frozenset(
    "海 島 岛 国 國 海峡 海峽 半島 半岛 戦争 戰爭 战争 帝国 帝國 王国 王國 軍 军 連邦 聯邦".split()
)
# What is left may not be a mere adjective either.
ADJECTIVES = frozenset(
    """red black white yellow blue green grey gray brown golden silver great big little small
    upper lower middle inner outer north south east west northern southern eastern western
    central new old high low long short first last 1st 2nd 3rd 2 3 4 5 6 7 8 9 10 winter summer
    spring autumn national royal imperial general public secret holy free united people peoples
    strategic border""".split()
)
QUALIFIERS = frozenset(
    """upper lower middle inner outer north south east west northern southern eastern western
    central new old greater lesser northeast northwest southeast southwest""".split()
)
TITLES = frozenset(
    """mr mrs ms miss mx sir dame lord lady dr doctor prof professor rev reverend st saint
    king queen prince princess emperor empress tsar czar tsarina kaiser sultan khan shah pope
    president premier chancellor minister ambassador senator governor mayor secretary chairman
    chairwoman chairperson chief leader foreign prime general marshal admiral commander commodore
    captain colonel major lieutenant brigadier corporal sergeant private commissar commandant
    gen maj lt col capt cpt adm cmdr brig sgt field army corps fleet vice rear comrade count
    countess duke duchess baron baroness earl viscount herr frau monsieur madame mme don dona
    hon sheikh imam rabbi docteur doktor dottore professeur professore marechal maresciallo mariscal
    feldmarschall presidente ministre ministro senor senora signor signora mlle""".split()
)
MASCULINE = frozenset(
    """mr sir lord king prince emperor tsar czar kaiser sultan khan shah pope chairman count duke
    baron earl viscount herr monsieur don senor signor""".split()
)
FEMININE = frozenset(
    """mrs ms miss dame lady queen princess empress tsarina chairwoman countess duchess baroness
    frau madame mme dona senora signora mlle""".split()
)
HAN_HONORIFICS = ("さん", "さま", "様", "殿", "君", "ちゃん", "님", "씨", "女士", "小姐", "夫人")
HONORIFICS = frozenset("san sama kun sensei esq phd md".split())  # these stand behind

FILLERS = tuple(
    tuple(filler.split())
    for filler in (
        "it was", "it is", "its", "that was", "that is", "this is", "they are", "he was", "she was",
        "i think", "i believe", "i guess", "i would say", "id say", "i suppose", "im sure",
        "the answer is", "answer", "my answer is", "maybe", "perhaps", "probably", "possibly",
        "surely", "definitely", "certainly", "must be", "must have been", "might be", "could be",
        "no doubt", "without doubt", "without a doubt", "doubtless", "undoubtedly",
        "may be", "i am not sure but", "im not sure but", "not sure but", "if i remember correctly",
        "called", "named", "known as", "also known as", "aka", "a k a", "it", "was", "is", "by",
        "in", "at", "on", "from", "to", "into", "of", "for", "please", "of course", "um", "uh",
        "hmm", "well", "so", "a", "an",
        "that would be", "it would be", "thatd be", "itd be", "to be", "that", "think", "both",
        "only", "just", "simply", "obviously", "clearly", "def",
        *(
            f"{who} {how} sure{that}".replace("  ", " ")
            for who in ("im", "i am", "not", "im not", "i am not")
            for how in ("", "pretty", "quite", "fairly", "almost")
            for that in ("", " that")
        ),
        *(f"{who} {how} certain" for who in ("im", "i am") for how in ("pretty", "quite")),
        *(f"{who} fairly certain" for who in ("im", "i am")),
    )
)  # fmt: skip
# One word behind an answer that adds nothing to it.
AFTERTHOUGHTS = frozenset(
    """alone only obviously clearly probably possibly maybe perhaps surely definitely certainly
    please though tbh imo lol right""".split()
)
DO_NOT_KNOW = frozenset(
    """idk dontknow idontknow donotknow idonotknow noidea ihavenoidea dunno idunno notsure
    imnotsure pass skip none nothing unknown noclue na noanswer forgot iforgot icantremember
    cantremember nobody noone whoknows ihavenoclue nosé weissnicht jenesaispas""".split()
)
NO_AMOUNT = frozenset("none nothing nil nought naught nobody noone no notany notone".split())
# Who is one of these to somebody is somebody else.
RELATIVES = frozenset(
    """enemy enemies foe opponent adversary rival friend ally allies supporter follower critic
    brother sister sibling father mother parent son daughter child wife husband widow widower
    spouse lover cousin uncle aunt nephew niece grandson granddaughter grandfather grandmother
    heir successor predecessor deputy adjutant aide assistant subordinate superior colleague
    comrade pupil student disciple teacher mentor biographer killer murderer assassin""".split()
)
# What somebody has is not that person.
BELONGINGS = frozenset(
    "troops forces army men soldiers government family side people party house staff".split()
)
# What is "near Ilda" or "west of Lake Ilda" is another place.
BESIDE = frozenset("near outside beside around towards toward beyond close opposite past".split())
DIRECTIONS = frozenset(
    """north south east west northeast northwest southeast southwest outside miles kilometres
    kilometers km left right""".split()
)
# Before a name they turn it into its contrary: "anti-X". An "ex-president" is still one.
OPPOSING = frozenset("anti contra counter pro ex pseudo pre post".split())
# Beside a name they show that it is spoken of and not given: "the man who beat X".
REFERRING = frozenset(
    """who whom whose which that under like against versus with for over before after until behind
    than defeated beat beaten killed replaced replacing succeeded succeeding someone somebody
    anyone anybody everyone everybody whoever whichever none opposite other others else far fake
    false wrong etc""".split()
)
NEGATIONS = frozenset(
    """not no never neither nor isnt wasnt nicht kein keine pas non except excluding but without
    instead unlike rather against than hardly scarcely cant cannot couldnt dont doesnt didnt wont
    wouldnt arent werent aint doubt ne nie niet nein minus""".split()
)
# Words that change who is meant: what stands before a title may be left out, but not these.
GLOSS_LINKS = frozenset("of in on at near from by for to and or".split())
TURNING = NEGATIONS | REFERRING | RELATIVES | OPPOSING
ALTERNATIVES = frozenset("or oder ou o oppure eller ili или either versus vs and und et".split())
CLAUSE_OPENERS = frozenset(
    """who which that whose whom where when because since while although though he she it they
    as after before until under during""".split()
)
GLOSS_OPENERS = CLAUSE_OPENERS | frozenset(
    """the a an was is were are in on at near from of by for his her its their commanded led
    signed became being then later also ie eg aka called known did does had has won lost beat
    with under against above below overlooking""".split()
)
# Words that show a second part to be a remark and not a name.
REMARK_WORDS = GLOSS_OPENERS | frozenset(
    """also formerly former today now modern capital country nation state empire kingdom republic
    union diplomat politician soldier officer statesman dictator ruler head leaders
    scientist chemist physicist writer author poet painter composer philosopher inventor
    mathematician biologist engineer explorer element metal gas acid salt compound organ animal
    composer singer musician plant species
    famous legendary celebrated renowned planet star person man woman place think guess
    believe sure spelling sp maybe probably perhaps approximately about century year side
    forces troops government north south east west northern southern eastern western coast
    border world war family given first last
    name""".split()
)

# Those that may be answers themselves: "gas", "metal".
REMARK_NOUNS = REMARK_WORDS - GLOSS_OPENERS - QUALIFIERS - PARTICLES

# Pairs of beginnings and endings that make another word of a word, however near it is spelt.
CONTRASTING_BEGINNINGS = tuple(
    tuple(group.split())
    for group in (
        "hypo hyper", "inter intra", "micro macro", "endo exo ecto", "mono di tri tetra",
        "sub super supra", "homo hetero", "ortho meta para", "cis trans", "pre post", "pro anti",
        "neo paleo", "over under",   "poly oligo",
        "ultra infra",  "ab ad", "prot phot",
        "north south", "east west", "inner outer", "upper lower", "meth eth",
    )
)  # fmt: skip
CONTRASTING_ENDINGS = tuple(
    tuple(group.split())
    for group in (
        "ate ite ide ine ic ous", "ane ene yne anol enol one ol al", "ase ose", "tion tor",
        "sis tic", "ium ine", "ized izing", "ism ist", "mitosis meiosis", "cline clase",
        "phase phases", "trophic tropic", "erse ert", "ology onomy", "er ee", "tite mite",
        "ia ium", "ium us", "graph gram", "some sone",
    )
)  # fmt: skip
