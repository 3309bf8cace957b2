import type { BatchRow } from '#contract/schemas/batch.ts'

/** A dozen made-up customers: accents, other scripts, near-duplicates, dates known in part, an institution. */
export const samplePeople: readonly BatchRow[] = [
  { id: '1', surname: 'Müller', given_name: 'Jürgen', dob: '1961-03-14', document_number: 'DE 4471-203', details: { city: 'Köln', nationality: 'DE' } },
  { id: '2', surname: 'Mueller', given_name: 'Juergen', dob: '1961-03-14', document_number: null, details: { city: 'Bonn' } },
  { id: '3', surname: 'García Lorca', given_name: 'María José', dob: '1984-11-02', document_number: 'ES-90215-K', details: { nationality: 'ES' } },
  { id: '4', surname: 'Иванова', given_name: 'Екатерина', dob: '1990-07-21', document_number: '45 08 117204', details: { nationality: 'RU' } },
  { id: '5', surname: 'Ivanova', given_name: 'Yekaterina', dob: '1990-07', document_number: null },
  { id: '6', surname: 'رضایی', given_name: 'زهرا', dob: '1978-02-28', document_number: null, details: { nationality: 'IR' } },
  { id: '7', surname: '王', given_name: '小明', dob: '1995', document_number: 'G61120458', details: { nationality: 'CN' } },
  { id: '8', surname: 'Παπαδοπούλου', given_name: 'Ελένη', dob: '1972-12-05', document_number: 'AK 550312' },
  { id: '9', surname: "O'Neill", given_name: 'Siobhán', dob: '2001-05-30', document_number: 'PX7730091' },
  { id: '10', surname: 'van der Berg', given_name: 'Pieter', dob: '1958-09-09', document_number: 'NL-38812' },
  { id: '11', surname: 'Nguyễn', given_name: 'Thị Hoa', dob: '1988-04-16', document_number: null, details: { nationality: 'VN' } },
  { id: '12', type: 'INSTITUTION', surname: 'Harbour Lights Rowing Club', document_number: 'REG 20031', details: { city: 'Cork', country: 'IE' } },
]
