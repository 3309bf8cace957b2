import { getBusinessSpellings } from './business-words.ts'

/**
 * Names that are forms of one name: short forms, forms in several languages, and spellings of surnames that follow custom rather than
 * transliteration rules. One group per line.
 */
const GROUPS = `
alexander alex alec sandy xander alexandre alejandro aleksandr oleksandr sasha alessandro aleksander iskander sascha
alexandra alex sandra sasha alejandra alessandra aleksandra oleksandra
andrew andy drew andrei andrey andreas andre andres andrea andriy andrzej anders ondrej
anthony tony anton antonio antoine antonius
barbara barb babs varvara
benjamin ben benny benji benyamin binyamin benj
catherine katherine kathryn kate kathy cathy katie kitty kat katharina ekaterina katya caterina katarzyna catalina karin
charles charlie chuck carl karl carlos carlo karel chas
christina christine tina chris chrissy kristina kristin cristina
christopher chris kit topher christoph christophe cristobal
daniel dan danny daniil danilo danl
david dave davy davit dawid dawud daud
deborah deb debbie debra
dmitry dmitri dima dmytro dimitri
donald don donnie
dorothy dot dottie dolly dorothea
edward ed eddie ted teddy ned eduard edouard eduardo edwd
eleanor ellie nell nora lenore
elizabeth liz lizzie beth betty betsy bess eliza libby lisa elisabeth isabel elisabetta yelizaveta elizaveta liza
emily em emmy emilie emilia
eugene gene evgeny yevgeny yevhen eugen eugenio
frances fran francesca francisca franziska frankie fca
francis frank frankie francisco francesco franz francois paco pancho fco
frederick fred freddy fritz friedrich federico frederic fredk
gabriel gabe gavriil gabriele
george georgie georg jorge giorgio georges yuri yury georgi jerzy giorgi jurgen geo
gerald gerry jerry
gregory greg grigory gregor gregorio grzegorz
henry harry hank heinrich henri enrique enrico heinz hendrik
ignatius ignacio nacho
isaac ike ishaq itzhak yitzhak
jacob jake jakob yakov yaqub jacques
james jim jimmy jamie jaime jas
jennifer jen jenny
jessica jess jessie
john jack johnny jon jan johann johannes juan jean ivan giovanni joao ioannis hans yahya ian sean ivo jens jno joh
jonathan jon jonny yonatan
joseph joe joey jose josef giuseppe yusuf yosef yousef iosif pepe josip jos
joshua josh yehoshua
judith judy jude
katarina katja
kenneth ken kenny
lawrence larry laurie laurence lorenzo lars lorenz
leonard leo len lenny leonid leonardo
louis lou lewis luis luigi ludwig
lucas luke luca lukas lucian lukasz
magdalena maggie lena magda
margaret maggie meg peggy marge greta margarita marguerite gretchen rita margit malgorzata
mark marcus marco marc markus marek
martha marty marta
mary maria marie mariam maryam miriam molly polly mia masha ma
matthew matt matty matthias mateo matthieu matteo mateusz matvey
maximilian max maxim maksim
melissa mel lissa
michael mike mick mickey michel miguel mikhail misha michele mikael mykhailo michal mihail mischa
mohammed mohamed muhammad mohammad muhammed mohamad mehmet muhammet mohd md mahomet mukhammad magomed
nathaniel nathan nate nat
nicholas nick nicky nico nicolas nikolai nikolay nikolaus klaus nicola mykola mikolaj nikos niklas
olga olya
oliver ollie olivier
pamela pam
patricia pat patty trish tricia
patrick pat paddy padraig patricio
paul pablo paolo pavel pol pavlo paulo
peter pete pedro pierre petr pyotr piotr pietro petros petro butros
philip phil pip philippe felipe filip filippo
rachel rae rachael raquel
rebecca becky becca rebekah
richard rick dick richie ricky ricardo riccardo richd
robert rob bob bobby robbie roberto bert robt
roger rog rogelio
ronald ron ronnie
samuel sam sammy samuil shmuel saml
sarah sally sara sadie
sebastian seb bastian
sergei sergey serge sergio serhiy
simon si simeon shimon semyon
sophia sophie sofia zofia sofya
stanislav stas stanislaw stanislaus
stephen steve steven stefan esteban etienne stepan stefano stephan stepan istvan
susan sue susie suzanne susanna zuzana
tatiana tanya tatyana tetiana
theodore ted teddy theo fyodor fedor teodor
theresa terry tess teresa therese tessa
thomas tom tommy tomas tommaso tomasz thos
timothy tim timmy timofey
tobias toby
victor vic viktor vittorio
victoria vicky tori viktoria
vincent vince vinnie vincenzo vicente
vladimir vova volodya volodymyr wladimir vladymyr
walter walt wally gualtiero
william bill billy will willy liam wilhelm guillermo guillaume willem guglielmo wm wilh
yulia julia yuliya giulia julie yuliia
zachary zach zack zachariah
abdullah abdallah abdulla abdellah
ahmed ahmad ahmet
hassan hasan hasen
hussein hossein husain hussain husayn huseyin hosain hussin
ibrahim abraham ebrahim avraham abe abram brahim
ismail ishmael esmail
jafar jaafar dzhafar
mahmoud mahmud mehmood mahmood
mustafa mostafa moustafa
osman uthman othman usman
omar umar omer
suleiman solomon sulaiman suleyman salomon shlomo solayman
yasin yassin yaseen
fatima fatemeh fatma fatimah
aisha aysha ayesha ayse aicha
gim kim ghim
i lee yi li rhee ri rhi
bag park pak bak
choe choi choy
jeong jung chung chong jong
gang kang
jo cho joh
yun yoon youn
jang chang
im lim rim yim
an ahn
o oh
seo suh so
sin shin
gwon kwon
yu yoo ryu you
go ko koh
mun moon
son sohn
bae pae bai
baeg baek paek paik
heo hur huh ho
no noh roh
u woo wu
gu koo ku
jeon chun jun chon
gwag kwak
wang wong
chen chan tan chin
zhang cheung chang teo
huang wong hwang
lin lam lim
liu lau liew
wu ng goh
xu hsu hui
zhou chow chou
zhao chiu chao
yang yeung
ye yip
zheng cheng chung tay
he ho
guo kwok kuo
xie hsieh tse
cai choi tsai chua
xi hsi
lu lv lyu
nu nv nyu
lue lve lyue
mueller muller moller
schmidt schmitt schmid
schroeder schroder
`

const GROUPS_OF = new Map<string, number[]>()
for (const [group, line] of GROUPS.trim().split('\n').entries()) {
  for (const name of new Set(line.trim().split(' '))) GROUPS_OF.set(name, [...(GROUPS_OF.get(name) ?? []), group])
}
const MEMBERS = GROUPS.trim()
  .split('\n')
  .map(line => [...new Set(line.trim().split(' '))])

const NONE: readonly number[] = []

/** The groups of forms of one name that a normalised word is in. Two words of one group are forms of one name. */
export const getFormGroups = (word: string): readonly number[] => GROUPS_OF.get(word) ?? NONE

/** The other forms of a normalised name, and the other spellings of a business word. */
export function getNameForms(name: string): string[] {
  const forms = (GROUPS_OF.get(name) ?? []).flatMap(group => MEMBERS[group] ?? [])
  return [...forms, ...getBusinessSpellings(name)].filter(form => form !== name)
}
