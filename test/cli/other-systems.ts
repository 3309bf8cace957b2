/** Files with the columns of other systems, as their public documentation and templates name them. */

/** Lines, each ended by CR LF. */
export const CRLF = (lines: readonly string[]) => lines.map(line => `${line}\r\n`).join('')
/** Text of Latin letters, in Windows-1252. */
export const windows = (text: string) => Buffer.from(text, 'latin1')

export const GOOGLE = [
  'First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,File As,Organization Name,Organization Title,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,Address 1 - Country',
  'Aoife,Máire,Ní Bhriain,,,,,Harbour Ltd,Engineer,1988-04-17,"one\ntwo",,* myContacts,* Work,aoife@example.org,Mobile,+353 21 427 7000,1 Quay,Cork,T12,Ireland',
]
export const OUTLOOK = [
  '"First Name","Middle Name","Last Name","Title","E-mail Address","Mobile Phone","Job Title","Company","Home City","Home Postal Code","Birthday","Anniversary","Notes"',
  '"Jürgen","","Groß","","jg@example.org","+49 170 5550123","","","Kiel","24103","14.03.1961","0.0.00",""',
  '"Ann","","Lee","","ann@example.org","","","","","","0/0/00","0/0/00",""',
]
export const SALESFORCE = [
  '"Contact ID","First Name","Last Name","Account ID","Account Name","Birthdate","Email"',
  '"0035g00000AbCdE","Ada","Vance","0015g00000XyZab","Harbour","8/25/1979","ada@example.org"',
  '"0035g00000AbCdF","Bo","Vance","0015g00000XyZab","Harbour","3/4/1980",""',
]
export const HUBSPOT = [
  'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Date of birth,City',
  '151,Ada,Vance,ada@example.org,+46 40 555 01 23,Sam,NEW,2025-12-01 09:00,1979-08-02,Lund',
]
export const MAILCHIMP = [
  '"Email Address","First Name","Last Name",Address,"Phone Number",Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS',
  'ada@example.org,Ada,Vance,"1 Quay Lund",+46405550123,,2,"2025-12-01 09:00:00",,"2025-12-01 09:00:00",,,,,,,,,"2025-12-01 09:00:00",1001,ab12,,"news"',
]
export const SHOPIFY = [
  'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags',
  "'7012345678901,Ada,Vance,ada@example.org,yes,Harbour,1 Quay,,Lund,M,SE,22100,,+46405550123,no,120.50,3,,no,regular",
]
export const WOOCOMMERCE = [
  'Name,Username,Last Active,Sign Up,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code',
  'Ada Vance,ada,2025-12-01 09:00:00,2024-11-02 10:00:00,ada@example.org,3,120.5,40.17,SE,Lund,M,22100',
]
export const DYNAMICS = [
  '(Do Not Modify) Contact,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,First Name,Last Name,Job Title,Company Name,Email,Business Phone,Birthday,Address 1: City',
  '5f0c1c9e-0b1d-4c5e-9a51-6a1b2c3d4e5f,qWe+rT/y==,12/1/2025 9:00,Ada,Vance,Engineer,Harbour,ada@example.org,+46 40 555 01 23,8/25/1979,Lund',
]
export const ODOO = [
  '"External ID","Name","Email","Phone","City","Country/Country Name","Tax ID","Is a Company"',
  '"__export__.res_partner_41_ab12cd34","Ada Vance","ada@example.org","+46 40 555 01 23","Lund","Sweden","","FALSE"',
]
export const SAP_LIST = [
  'Geschäftspartner: Liste\t\t\t\t',
  '',
  '\tGeschäftspartner\tNachname\tVorname\tGeburtsdat.\tOrt',
  '\t0000100001\tGroß\tJürgen\t14.03.1961\tKiel',
  '\t0000100002\tLee\tAnn\t00.00.0000\tBonn',
]
export const SAP_TABLE = [
  'PARTNER;NAME_LAST;NAME_FIRST;BIRTHDT;CITY1',
  '0000100001;Groß;Jürgen;19610314;Kiel',
  '0000100002;Lee;Ann;00000000;',
]
export const EXCEL = [
  'Kunden-Nr.;Name;Vorname;Geb.-Datum;Straße;PLZ;Ort;Resident',
  '="00017";Müller;Jürgen;14. Mrz 1961;Hafenstr. 1;24103;Kiel;WAHR',
  '18;Weiß;Zoë;17.04.1988;;;;FALSCH',
  ';;;;;;;',
]
