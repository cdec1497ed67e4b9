"""Little words that say nothing of what somebody looks for, in six languages; they are left out of a question."""

from huizen.search.meaning.sentence import plain_words

_ROWS = """
de het een en of van voor met te in op aan bij om uit naar tot door over er is ben bent zijn was waren wordt word worden
ik je jij jou jouw u uw hij zij ze we wij ons onze mij me mijn zijn haar hun hem die dat deze dit der den des wie wat waar
hoe wanneer waarom welke welk kan kun kunt kunnen wil wilt willen moet moeten mag mogen zou zal zoek zoeken zoekt vind vinden
heb heeft hebben had geen niet nog wel ook al maar dan als dus want even graag alstublieft aub svp dag hallo hoi goeiedag
iets iemand ergens veel weinig heel erg zo zeer echt soms altijd vaak nu hier daar toch naartoe heen terwijl via rond s t n
goedkoop goedkope goedkoper duur dure nodig vragen vraag we eens zonder andere ander altijd
komen kom komt laten laat geven geeft maken maakt gaan ga gaat doen doe doet krijgen krijg krijgt hulp help helpen helpt helpe
jaar jaren maand maanden week weken ans an mois year years month months old yaş yaşında yaşındaki aylık yıl سنة سنوات شهر أشهر рік роки років місяць місяців
per mn zn dn ni nie nimeer wa da dees diene kga kheb kben kzoek ge gij gelle ulle efkes effe ff gn dr das vant voort int opt aant inde vd vh
hebde kunde moette wilde zede wss mss plz pls thx wont dont cant doesnt didnt isnt im ive wanna gonna
activiteit activiteiten activité activités activity activities aktivite aktiviteler etkinlik etkinlikler نشاط أنشطة نشاطات активності заходи
vlakbij dichtbij nabij buurt omgeving
le la les un une des du de d l et ou a au aux en pour avec sans dans sur chez par ce cette ces c est sont suis j je tu il elle
on nous vous ils elles mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs me m se s qui que quoi ou comment quand
ne pas n plus tres trop peu y ai as avons avez ont fait faire cherche chercher trouver veux voudrais peux peut besoin aide aider aidez
pres moi bonjour pascher cher chere chers cheres
the a an and or of for with to in on at by from is are am was be been my your his her our their i you he she we they it this that
these those what where who how when why which can could will would should do does did don t not no need needs want wants looking
look find get got have has had me him them us some any please hello hi there near nearby around about help helping cheap very
so too all s m re ve
ve ile icin bir bu su o ne nasil nerede nereye kim hangi mi mu ben sen biz siz onlar benim senin bana beni ona da de ki cok daha
var yok lazim istiyorum ariyorum gerek lutfen merhaba yakinimda yakin yardim yardimi
في من على الى إلى عن مع هل ما ماذا كيف اين أين متى هذا هذه ذلك هو هي انا أنا نحن لي لنا او أو و ب ل لا ليس اريد أريد ابحث أبحث
احتاج أحتاج عندي لدي يوجد مرحبا قريب مني يا كل مساعدة
і й та або в у на з із зі до від для по про як де коли що хто чому який яка яке які це той ця мій моя моє мої мені мене я ти ви
ми він вона вони не ні є був була чи бути хочу треба потрібно потрібна потрібен шукаю можна знайти поруч біля добрий день привіт
допомога допоможіть
"""
#: Whom a question is about tells less than what is the matter.
_GENERAL = """
mama mamas papa papas moeder moeders vader vaders ouder ouders kind kinderen kindje kleinkind kleinkinderen baby peuter kleuter tiener tieners zoon dochter broer zus man
vrouw vrouwen partner oma opa gezin familie school leeftijd
maman mamie mère mères père parents enfant enfants bébé fils fille famille école mari femme femmes
mum mom mother mothers dad father child kid kids children son daughter husband wife family parents toddler teenager home
anne anneler baba çocuk bebek kızım oğlum aile okul kadınlar ebeveynler
أم أب أمهات طفل أطفال ابن ابني ابنتي بنتي عائلة الأسرة مدرسة نساء ماما بابا الوالدين
мама мами тато дитина діти дитини дітей дитину син донька сім'я батьки школа жінки підліток
"""
GENERAL_WORDS = frozenset(plain for word in _GENERAL.split() for plain in plain_words(word))
STOP_WORDS = frozenset(plain for word in _ROWS.split() for plain in plain_words(word))
