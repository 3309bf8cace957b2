import { type Descriptions, FIELD_TYPE } from './scoped-members.ts'

/** Members of request bodies that mean something else than in responses. */
export const requestDescriptions: Descriptions = {
  as_of: 'Matches the list as it was valid at this time (ISO 8601), as known now. Default: the current list.',
  certificate: 'The certificate, as `eraseCustomer` returned it.',
  cursor: 'The `next` of the previous page. It is valid only with the same search. Default: the first page.',
  decision: '`same` merges the two customers; `different` records that they differ.',
  'decision in settleConflict': '`confirm` restates the value in effect; `reverse` restores the other one.',
  details: 'Values of authorised custom fields by name; null clears a value.',
  'details in match': 'Values of searchable custom fields to compare, by name.',
  'details in search': 'Only customers whose custom fields have these values. Not for sensitive fields.',
  'dob in search':
    'Only customers who may be born then: a day, a month or a year, in any notation of `dob` in other requests. A customer of whom less is known is included if it agrees.',
  dob_tolerance_years: 'How many years earlier or later than `dob` the customer may be born. Default: 0.',
  'document_number in search': 'Only customers with this document number, whatever its case, spaces and separators.',
  'details in verifyLookup': 'The criteria that the receipt is claimed to be for.',
  customers: 'Whether a dry run returns the customers who would leave, about a hundred in each response.',
  dry_run: 'Whether to only count what a run would start.',
  'dry_run in decideDuplicate': 'Whether to only show what the decision would lead to. Default: false.',
  'policy in runRetention': 'The policy that a dry run assumes. Default: the one in effect.',
  exclude: 'Ids of customers to leave out, for example because they were cleared before.',
  explain: 'Whether hits have reasons.',
  'given_name in search':
    'Only customers whose given name has each of these words: in any spelling in the mode `fuzzy`, as written in the mode `exact`.',
  ids: 'The ids of the two customers, in any order.',
  'label in requestField': 'The name to display. Default: `name`.',
  'label in requestType': 'The name to display. Default: `name` in lower case with a capital.',
  limit: 'The maximum number of hits. Default: as configured.',
  'limit in match': 'The maximum number of hits of each query. Default: as configured.',
  mode: '`fuzzy` ranks similar customers, also by unfinished words; `exact` requires every word, or its beginning.',
  note: 'The reason of the change, for its history and the audit log. It is erased with the customer.',
  'name in requestField': 'The name of the field in `details`. It cannot be changed.',
  'name in requestType': 'The name of the type. It cannot be changed.',
  q: 'The text to find: names, a date of birth or a document number, in any order.',
  queries: 'The criteria to match, each with at least one field.',
  reason: 'Why the customer is held.',
  receipt: 'The receipt, as `lookup` returned it.',
  repair: 'Whether to correct the index where possible.',
  state:
    'Only customers in this state; `all` for any state. Default: active, with merged customers found as their survivors.',
  'surname in search':
    'Only customers whose surname has each of these words: in any spelling in the mode `fuzzy`, as written in the mode `exact`.',
  threshold: 'The lowest score of a hit, 0 to 1. Default: the calibrated threshold.',
  'threshold in search':
    'The lowest score of a hit, 0 to 1. Default: the calibrated threshold; 0 in the mode `exact` and without `q` and names.',
  type: 'The type of the customer: PERSON, INSTITUTION or another authorised one. Default: PERSON.',
  'type in match, search': 'Only customers of this type.',
  'type in patchCustomer, putCustomer':
    'The type of the customer: PERSON, INSTITUTION or another authorised one. Default: unchanged.',
  'type in patchField': `${FIELD_TYPE} It cannot be changed once the field was authorised.`,
  'type in requestField': FIELD_TYPE,
  types:
    'The days of types that differ from the general number, by type. `null`: customers of the type stay for ever, whatever `days` says. A type that is left out follows `days`.',
  until: 'The end of the hold (ISO 8601). Default: the hold ends when it is released.',
  new_password:
    'A new password, of at least 12 characters, which replaces `password`. In the cloud it has a small and a capital letter, a digit and a symbol.',
  role: 'The role of the user.',
  disabled: 'Whether the user is prevented from logging in.',
  username: 'The user name.',
  'username in createUser': 'The name to log in with, which the audit log shows.',
  valid_from: 'Since when the statement is valid (ISO 8601), not in the future. Default: now.',
}
