/**
 * How frequent common names are worldwide, before the list's own counts are known. Each line is a band: the share of people, in
 * ten-thousandths, with each of its names. The values are estimates of the order of magnitude; the list's own counts soon outweigh them.
 */
const BANDS = `
120 mohammed muhammad mohammad mohamed maria ali wang li zhang kumar
60 ahmed ahmad jose nguyen chen liu kim lee park singh john james michael robert david william mary juan khan hussein
60 ana anna hassan abdul yang huang wu hossein fatima sato suzuki devi sharma
30 smith johnson williams brown jones garcia rodriguez hernandez martinez lopez gonzalez perez silva santos muller schmidt
30 thomas daniel joseph charles richard george paul peter mark andrew christopher elizabeth sarah jennifer patricia linda
30 carlos luis antonio francisco manuel pedro marie jean pierre michel ivan alexander sergey vladimir andrey dmitry elena
30 olga natalia tatiana irina ivanov ibrahim omar mustafa yusuf abdullah mahmoud khalid said hasan huseyin mehmet ayse
30 fatma yilmaz kaya demir zhao zhou xu sun ma zhu hu guo he lin gao luo tran le pham jung choi tanaka watanabe takahashi
30 ito yamamoto nakamura raj ram patel gupta das rahman islam begum
12 davis miller wilson moore taylor anderson jackson white harris martin thompson robinson clark lewis walker hall allen
12 young king wright hill scott green adams baker nelson carter mitchell roberts turner phillips campbell parker evans
12 edwards collins stewart morris murphy cook rogers morgan bell bailey kelly ward watson brooks bennett gray hughes ryan
12 emma olivia sophie emily jessica joshua jack jacob matthew nicholas samuel benjamin alexandra charlotte lucy laura
12 anthony steven kevin brian edward ronald kenneth jason barbara susan margaret karen nancy betty helen sandra julia
12 schneider fischer weber meyer wagner becker hoffmann schulz koch bauer richter klein wolf hans klaus peter jan anders
12 hansen johansen olsen larsen andersson johansson karlsson nilsson eriksson nielsen jensen pedersen rossi russo ferrari
12 esposito bianchi giuseppe giovanni dubois durand leroy moreau simon laurent bernard petit philippe nicolas
12 kowalski nowak novak horvat popov petrov sidorov smirnov kuznetsov popova ivanova shevchenko kovalenko bondarenko
12 oliveira souza pereira ferreira costa ramos sanchez ramirez torres flores rivera gomez diaz cruz morales gutierrez
12 reza mehdi zahra maryam hosseini mousavi karimi ahmadi mohammadi jafari rezaei saleh salem nasser hamid rashid salman
12 verma mishra yadav prasad thapa shrestha gurung tamang rai chaudhary joshi jha roy ghosh sen ravi anil sunil sanjay
12 levi cohen mizrahi yosef moshe david sarah papadopoulos georgiou dimitris yannis aydin celik sahin ozturk arslan
`

const SHARES = new Map<string, number>()
for (const line of BANDS.trim().split('\n')) {
  const [share = '', ...names] = line.split(' ')
  for (const name of names) if (!SHARES.has(name)) SHARES.set(name, Number(share) / 10_000)
}

/** The share of people with a name that the table does not have. Short words are more likely to be shared. */
const UNKNOWN_SHARE = 0.0002
const SHORT_SHARE = 0.001

/** The expected share of people, 0 to 1, with the normalised word in their name, before the list is examined. */
export function priorShare(word: string): number {
  return SHARES.get(word) ?? (word.length <= 3 ? SHORT_SHARE : UNKNOWN_SHARE)
}
