/**
 * Words in names of institutions that are written in several ways: legal forms, `and`, and usual business words. Each line has the
 * spellings of one word, abbreviated, in full, and in several languages.
 */

/** They say little about which institution it is. Some are surnames as well, such as Sá. */
const LEGAL_FORMS = `
ag aktiengesellschaft
ltd limited
co company cie compagnie cia companhia compania
corp corporation
inc incorporated
gmbh
llc
llp
plc
sa
sarl
srl
bv
nv
kg kommanditgesellschaft
ab aktiebolag
oy osakeyhtio
and und et och og
`

const BUSINESS_WORDS = `
pty proprietary
pvt pte private
intl international internationale internationaal internacional internazionale
bros brothers gebr gebruder hnos hermanos
mfg manufacturing
mgmt management
natl national nationale nacional nazionale
assn association
assoc associates
univ university universitat universite universidad
hldg hldgs holding holdings
svc svcs service services
tech technology technologies
grp group gruppe groupe grupo gruppo
ind inds industry industries
inst institute institut instituto
ctr center centre zentrum centro
govt government
dept department
distr distribution
ins insurance
`

const toGroups = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map(line => line.split(' '))

const LEGAL_FORM_GROUPS = toGroups(LEGAL_FORMS)
const IS_LEGAL_FORM: ReadonlySet<string> = new Set(LEGAL_FORM_GROUPS.flat())
const NONE: readonly string[] = []
const SPELLINGS: ReadonlyMap<string, readonly string[]> = new Map(
  [...LEGAL_FORM_GROUPS, ...toGroups(BUSINESS_WORDS)].flatMap(group => group.map(word => [word, group] as const)),
)

/** Whether a normalised word is a legal form, or `and`, in the name of an institution. */
export const isLegalForm = (word: string): boolean => IS_LEGAL_FORM.has(word)

/** All spellings of a normalised word, if it is a business word or a legal form; otherwise none. */
export const getBusinessSpellings = (word: string): readonly string[] => SPELLINGS.get(word) ?? NONE
