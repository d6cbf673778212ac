"""Names and terms a slip apart of which each is a word of its own, in a deck or not.

Whoever writes one of them has not misspelt the other. Found by comparing some two thousand names
and common nouns with each other; what merely is another spelling of a name, or as likely a slip, is
left out.
"""

from __future__ import annotations

_PAIRS = """
amur namur, aragon argon, asmara samara, australia austria, barcelona barcelos, calabria cantabria,
changzhou hangzhou, chichester colchester, china chita, cumbria umbria, delhi delphi, drina dvina,
essen hessen, freiberg freiburg, freiberg friedberg, granada grenada, haarlem harlem,
hamburg homburg, henan hunan, iberia liberia, iberia siberia, iceland ireland, kassel kessel,
lagos laos, lubin lublin, lycia lydia, maine mainz, maine marne, media medina, mercia murcia,
morava moravia, mosel mosul, nanjing nanning, nanking nanning, nara narva, omsk tomsk,
palencia plasencia, paris paros, plate platte, prussia russia, raipur rampur, rhine rhone,
samara samaria, samoa samos, sedan sudan, shaanxi shanxi, volga volta, charon chiron,
berkelium beryllium, cerium cesium, cerium curium, erbium terbium, radium radius,
rhenium ruthenium, silicon silicone, ytterbium yttrium, chromatid chromatin, cilia ilia,
creatine creatinine, cysteine cystine, guanidine guanine, ileum ilium, insulin inulin,
ketone ketose, melanin melatonin, nucleolus nucleus,
perineal peritoneal, perineal peroneal, peritoneal peroneal, renin rennin, seine serine,
sucralose sucrase, sucralose sucrose, thiamine thymine, thyroxine tyrosine,
baker barker, carter cartier, constantine constantius, cooper cowper, edgar elgar, franck franco,
glass grass, hess hesse, hooper hoover, hooper hopper, irvine irving, isocrates socrates,
johnson jonson, manet monet, richards richardson, stein stern, stephenson stevenson,
walker waller, welles wells, wilkins wilkinson,
altitude aptitude, altitude attitude, altitude latitude, angel angle, atlantic atlantis,
austen austin, bolton boston,
born boron, casual causal, cohen cohn, dairy diary, desert dessert, isotone isotope, kelvin kevin,
magma magna, marital martial, neuron neutron, newton newtown, quart quartz, quarts quartz,
raleigh rayleigh, tirana tirano, turin turn, tyndale tyndall,
battle bottle, beach bench, bride bridge, castle cattle, chapter charter, clown crown,
count county, count court, earth hearth, emotion motion, evolution revolution, flute lute,
horse house, inland island, knight night, marine mariner, palace place, planet plant,
poison prison, prussian russian, reason treason, resolution revolution, stable table, storm story
"""
LOOKALIKES = frozenset(
    pair for one, two in map(str.split, _PAIRS.split(",")) for pair in ((one, two), (two, one))
)
