// cspell:disable
/**
 * Usual names of columns by meaning, in the languages of the sample data and of programs that export customers (Salesforce, HubSpot, SAP,
 * Outlook, Google Contacts). The first names have precedence where a file has several of one meaning.
 */

/** Fields of the registry. `+surname` and `surname+` are words before and after the surname; `given_name+` are further given names. */
const STANDARD: Readonly<Record<string, string>> = {
  id: `id, customer id, customer no, customer number, cust no, client id, client no, client number, contact id, record id, person id,
    member id, external id, lead id, account id, account number, customer code, key, kundennummer, kundennr, kunden-nr, kunden-id, kdnr,
    kd-nr, debitor, debitorennummer, kunde, kunnr, partnernummer, geschäftspartner, business partner, partner, nr, no, número de cliente,
    nº cliente, n cliente, id cliente, código cliente, código, код клиента, номер клиента, id клиента, код, ид, номер, شناسه, کد مشتری,
    شماره مشتری, 客户编号, 客户号, 编号, 顧客番号, κωδικός πελάτη, κωδικός, uimhir chustaiméara, klantnummer, klantnr, relatienummer,
    mã khách hàng, mã, numéro client, code client, id client, codice cliente, número do cliente, numer klienta, id klienta`,
  surname: `surname, last name, lastname, family name, last, sn, name last, nachname, familienname, zuname, nachn, apellidos, apellido,
    primer apellido, apellido paterno, фамилия, نام خانوادگی, 姓, 姓氏, επώνυμο, επίθετο, sloinne, achternaam, familienaam, họ, nom de famille,
    cognome, sobrenome, apelido, nazwisko`,
  'surname+': 'segundo apellido, apellido materno, second surname',
  '+surname':
    'tussenvoegsel, tussenvoegsels, voorvoegsel, namenszusatz, vorsatzwort, name prefix particle, surname prefix',
  given_name: `given name, given names, first name, firstname, forename, forenames, first, name first, vorname, vornamen, rufname, vorna,
    nombre de pila, nombre, nombres, имя, نام, 名, 名字, όνομα, céadainm, voornaam, voornamen, tên, prénom, prénoms, nome, imię, imiona`,
  'given_name+':
    'middle name, middle names, second name, additional name, zweiter vorname, segundo nombre, отчество, tên đệm, deuxième prénom',
  dob: `dob, d.o.b., date of birth, birth date, birthdate, birthday, born, born on, birthdt, gebdat, gebdt, gbdat, geburtsdatum, geburtsdat., geb.datum, geburtstag,
    geboren am, geboren, geb., geb.-datum, fecha de nacimiento, fecha nacimiento, f. nacimiento, nacimiento, дата рождения, день рождения,
    تاریخ تولد, 出生日期, 生日, 出生年月, ημερομηνία γέννησης, ημ. γέννησης, γέννηση, dáta breithe, geboortedatum, geboren op, ngày sinh,
    date de naissance, né le, data di nascita, data de nascimento, data urodzenia`,
  document_number: `document number, document no, document id, passport no, passport number, passport, id number, id no, id card no,
    id card number, identity number, identity card number, national id, national id number, registration number, company number,
    ausweisnummer, ausweisnr, ausweis-nr, ausweis, passnummer, pass-nr, reisepassnummer, reisepass, personalausweisnummer, dokumentnummer,
    handelsregisternummer, idnumber, dni, nie, dni/nie, nif, documento, número de documento, nº documento, pasaporte, número de pasaporte,
    паспорт, номер паспорта, серия и номер паспорта, номер документа, شماره گذرنامه, گذرنامه, کد ملی, شماره ملی, 身份证号, 身份证号码, 身份证,
    护照号码, 护照号, 证件号码, 证件号, αριθμός ταυτότητας, αρ. ταυτότητας, αριθμός διαβατηρίου, διαβατήριο, uimhir phas, pas, paspoortnummer,
    documentnummer, số hộ chiếu, hộ chiếu, cccd, cmnd, số cccd, số cmnd, numéro de passeport, passeport, numero documento, passaporto,
    número do passaporte, numer paszportu, numer dowodu`,
  type: 'type, customer type, kundentyp, kundenart, tipo de cliente, тип клиента, klanttype',
  valid_from: 'valid from, effective date, effective from, gültig ab, válido desde, действует с, geldig vanaf',
}

/** Custom fields that many registries have; they are used if they are authorised. */
const CUSTOM: Readonly<Record<string, string>> = {
  city: `town, ort, stadt, wohnort, ciudad, localidad, población, город, شهر, 城市, πόλη, cathair, baile, plaats, woonplaats, thành phố, ville,
    città, cidade, miasto, mailing city, home city, address 1 - city, city1`,
  postcode: `postal code, zip, zip code, zip/postal code, plz, postleitzahl, código postal, индекс, почтовый индекс, کد پستی, 邮编, 邮政编码, τκ,
    éirchód, mã bưu điện, code postal, cap, kod pocztowy, mailing zip/postal code, mailing postal code, home postal code, address 1 - postal code, post code1`,
  street: `address, street address, straße, strasse, str., anschrift, adresse, calle, dirección, улица, адрес, آدرس, 地址, οδός, διεύθυνση, sráid,
    seoladh, straat, adres, địa chỉ, rue, indirizzo, via, morada, ulica, mailing street, home street, address 1 - street`,
  country: `land, país, страна, کشور, 国家, χώρα, tír, quốc gia, pays, paese, kraj, country/region, mailing country, home country/region,
    address 1 - country`,
  nationality: `citizenship, staatsangehörigkeit, nationalität, nacionalidad, гражданство, ملیت, 国籍, εθνικότητα, υπηκοότητα, náisiúntacht,
    nationaliteit, quốc tịch, nationalité, nazionalità, nacionalidade, obywatelstwo`,
  email: `e-mail, e-mail address, email address, mail, e-mail-adresse, correo, correo electrónico, электронная почта, эл. почта, ایمیل, 电子邮件,
    邮箱, ríomhphost, e-mailadres, thư điện tử, courriel, adresse e-mail, e-mail 1 - value, smtp addr`,
  phone: `telephone, tel, tel., phone number, mobile, mobile phone, mobile phone number, telefon, telefonnummer, handy, mobil, teléfono, móvil,
    телефон, мобильный, تلفن, موبایل, 电话, 手机, 手机号, τηλέφωνο, κινητό, guthán, fón, telefoon, telefoonnummer, điện thoại, số điện thoại,
    téléphone, portable, telefono, telefone, phone 1 - value, home phone, tel number`,
  title: 'salutation, anrede, titel, tratamiento, titre, name prefix, aanhef',
  occupation:
    'job title, organization title, profession, beruf, profesión, профессия, شغل, 职业, επάγγελμα, beroep, nghề nghiệp, zawód',
  employer: `company, company name, organization name, organisation, organization, account name, firma, arbeitgeber, empresa, компания, شرکت, 公司,
    εταιρεία, bedrijf, công ty, société, azienda`,
  language:
    'preferred language, sprache, idioma, язык, زبان, 语言, γλώσσα, teanga, taal, ngôn ngữ, langue, correspondence language',
  note: `notes, comment, comments, remarks, bemerkung, bemerkungen, notiz, notizen, notas, observaciones, примечание, заметки, یادداشت, 备注,
    σημειώσεις, nótaí, opmerkingen, ghi chú, remarques, uwagi, description`,
  alias: 'nickname, also known as, aka, spitzname, apodo, псевдоним, bijnaam, biệt danh, surnom',
}

/** Columns with a whole name. */
const WHOLE_NAME = `name, full name, display name, contact name, customer name, client name, client, customer, contact, person, file as, name full, kundenname, vollständiger name,
  name vorname, nombre completo, apellidos y nombre, nombre y apellidos, фио, имя и фамилия, نام و نام خانوادگی, 姓名, 名称, ονοματεπώνυμο, ainm, naam,
  volledige naam, họ tên, họ và tên, nom complet, nom, nome completo, imię i nazwisko`

/** A name of a column without case, accents, spaces and punctuation. */
export const foldColumnName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

type Ranked = ReadonlyMap<string, { target: string; rank: number }>

const toRanked = (names: Readonly<Record<string, string>>): Ranked =>
  new Map(
    Object.entries(names).flatMap(([target, list]) =>
      list.split(',').map((name, rank) => [foldColumnName(name), { target, rank }] as const),
    ),
  )

const standard = toRanked(STANDARD)
const custom = toRanked(CUSTOM)
const wholeNames = new Set(WHOLE_NAME.split(',').map(foldColumnName))

/** The field that a column's name means, and the precedence of the name among those of that field; null if it is unknown. */
export const toStandard = (column: string) => standard.get(foldColumnName(column)) ?? null

/** The usual name of the custom field that a column's name means; null if it is unknown. */
export const toCustom = (column: string): string | null => custom.get(foldColumnName(column))?.target ?? null

/** Whether a column's name says that it has whole names. */
export const isWholeName = (column: string): boolean => wholeNames.has(foldColumnName(column))

/** What files call the types of customers. */
const TYPES: readonly (readonly [string, RegExp])[] = [
  [
    'PERSON',
    /^(?:person|individual|natural person|natürliche person|persona|private?|privatperson|физическое лицо)$/iu,
  ],
  [
    'INSTITUTION',
    /^(?:institution|company|organi[sz]ation|business|juristische person|firma|empresa|юридическое лицо)$/iu,
  ],
]

/** The name of a type; other types are named as in the file, in capitals. */
export const toType = (cell: string): string =>
  TYPES.find(([, pattern]) => pattern.test(cell.trim()))?.[0] ?? cell.trim().toUpperCase().replaceAll(' ', '_')
