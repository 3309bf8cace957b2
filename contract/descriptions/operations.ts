import type { routes } from '../routes.ts'

const REPEAT = 'Each request works for a few seconds: repeat it with `next` as `cursor` until `next` is null.'

/** What each operation does. The document's generator adds the required role and the rate limit from the route. */
export const operationDescriptions: Readonly<Record<keyof typeof routes, string>> = {
  information:
    'Returns the name and version of this API, the location that answered, and the paths of its documentation. Use it to check which location a client has reached.',
  health:
    'Returns 200 while the process runs. It reads neither the database nor the search index: use `/ping` to check these.',
  ping: 'Checks whether the database and the search index are reachable. The status is 200 if both are; otherwise, and while a location starts, it is 503, with the same body, which says why. Callers with a provider token also get the state of the managed search domain, if there is one.',
  openapi: 'Returns this document. It is generated from the same definitions that validate requests.',
  docs: 'Returns an HTML page that displays this document and can send requests. For operations that require a token, get one with `createToken` and enter it on the page.',
  docsFile: 'Returns a script or the stylesheet of the documentation page. Browsers may cache it for a day.',
  describeCaller:
    'Returns the user of the token, their role, the location that answered, and the operations that the role permits. A user interface shows what these allow.',
  createToken:
    'Checks a user name and a password and returns an access token for the `Authorization: Bearer` header. A wrong name and a wrong password get the same response (401). Log in again when the token expires (`expires_in`, in seconds). A one-time password must be replaced by `new_password` in the same request, and any other password can be. The response is 404 if this deployment does not issue tokens.',
  createCustomer:
    'Creates a customer. At least one of `surname`, `given_name` and `document_number` is required, and so is every required custom field. `likely_duplicates` warns of similar customers but does not prevent the creation. With an `Idempotency-Key`, the same request returns the same customer, without a time limit.',
  countCustomers:
    'Returns how many customers are in a state and of a type. The search index counts them without reading the list, so the number is approximate: it is behind by the lag of the index. The response is 503 if the index is unreachable.',
  listCustomers:
    'Returns customers page by page, in an order that changes do not affect, so that no page skips or repeats a customer. `as_of` and `known_at` read a past list. With `sort`, only the changed customers move: one whose surname changes meanwhile may be on two pages or on none. A sorted list is read from the search index (503 if it is unreachable). `q` combines only with `type`, `sort` and custom fields; `changed_since` and `sort` combine neither with each other nor with a past time (400). A page may be empty although more follow: continue until `next` is null.',
  getCustomer:
    'Returns one customer, now or at a past time. Deleted and merged customers are returned with their `state`. The `ETag` header, and the member `etag`, identify the current state for `If-Match`; past states have none. A customer that was not listed at the given time is 404, and an erased one is 410.',
  patchCustomer:
    'Changes the stated fields: null clears a field, and all others keep their values. Concurrent changes of different fields are all kept, and a request that changes nothing writes no version. With `valid_from` the change is back-dated, and later changes stay in effect. A deleted or merged customer cannot be changed (409).',
  putCustomer:
    'Replaces all fields of a customer: fields that are not stated are cleared, except `type`. Required custom fields must be stated. Values of custom fields that are not authorised stay. A deleted or merged customer cannot be changed (409).',
  deleteCustomer:
    'Takes a customer off the list. The history stays, and the customer can be restored; `eraseCustomer` deletes permanently. Deleting a deleted customer changes nothing. A merged customer must be split first (409).',
  restoreCustomer:
    'Puts a deleted customer back on the list with the values that it had. Restoring an active customer changes nothing. A merged customer must be split instead (409).',
  customerHistory:
    'Returns the versions of a customer page by page, the latest effective date first. Each version states what was changed, by whom, when and where, and since when it is valid. An erased customer is 410.',
  customerDiff:
    'Compares the states of a customer at two times and returns the fields that differ, in one response. Each difference names the change that last set the field.',
  diff: 'Compares the list at two times and returns the fields that differ, by customer, page by page. The cost depends on the number of changes between the two times, not on the size of the list. A change appears shortly after it was made. The differences of a customer are on one page, which may therefore exceed `limit`.',
  listConflicts:
    'Returns the open conflicts at this location, by record, page by page. A conflict is a field that two locations set to different values without knowing of each other. One of the two values is in effect at all locations.',
  settleConflict:
    'Resolves a conflict by a new version, which restates the value in effect or restores the other one. The history keeps both, and each location removes the conflict when the version arrives. A conflict that was resolved before is 404. A lost merge cannot be restored (409): use `decideDuplicate`.',
  customerDuplicates:
    'Compares a customer with similar ones on the list and returns those that are probably the same, highest score first, with reasons. A merged customer counts as its survivor. Pairs that were decided to differ are left out. It needs the search index (503 if that is unreachable).',
  splitCustomer:
    'Undoes a merge in one transaction: the customer is listed again, and the survivor loses the values that it copied and that have not changed since. The two are recorded as different. The response is 409 if the customer is not merged, or if the survivor would keep neither a name nor a document number.',
  listDuplicates:
    'Returns the review queue of this location page by page, highest score first: pairs of customers that are probably the same. Pairs are scored again when they are read; those that were decided, deleted or changed leave the queue. A page may be short although more follow: continue until `next` is null.',
  decideDuplicate:
    'Decides that two customers are the same or differ. `same` merges them in one transaction: the one with the smaller id survives and copies values that it lacks. `different` keeps the pair out of the queue until the type, name, date of birth or document number of either changes. Repeating a decision changes nothing. With `dry_run`, the response shows the customers as they would be, and nothing is written.',
  requestField:
    'Requests a custom field of customers, which can have values once the provider has authorised it. Repeating the request changes nothing. Another definition of an existing name is 409, and so is a request beyond the maximum number of fields.',
  listFields:
    'Returns custom fields by name, page by page. Rejected and removed fields are included unless `state` is set.',
  getField:
    'Returns a custom field as last changed at this location, and how far the search index has been updated to the current fields.',
  patchField:
    'Changes the stated members of the definition. Existing values stay even if they do not meet it. The type cannot be changed once the field was authorised (409). Members that contradict each other, such as choices of a number, are 400.',
  removeField:
    'Hides the values of an authorised field at once, and refuses new ones. Nothing is deleted: authorising the field again shows the values. A field in another state is 409.',
  authoriseField:
    'Allows customers to have values of a requested, rejected or removed field. From then on its type is fixed. An incomplete definition is 400, and a field in another state is 409.',
  rejectField: 'Rejects a requested field. It can still be authorised later. A field in another state is 409.',
  requestType:
    'Requests a type of customers besides the built-in ones, which can be used once the provider has authorised it. Repeating the request changes nothing. Another label of an existing name is 409, and so is a request beyond the maximum number of types.',
  listTypes:
    'Returns types page by page: the built-in ones first, then the others by name. Rejected and removed types are included unless `state` is set.',
  getType: 'Returns a type, built-in or not, with its label and state. An unknown type is 404.',
  patchType: 'Changes the label of a type. A built-in type cannot be changed (409).',
  removeType:
    'Removes an authorised type that no customer has. Deleted customers count, because they can be restored; the 409 response states the number. A built-in type cannot be removed (409).',
  authoriseType:
    'Allows customers to have a requested, rejected or removed type. A built-in type, and a type in another state, are 409.',
  rejectType: 'Rejects a requested type. It can still be authorised later. A type in another state is 409.',
  search:
    'Finds customers by free text, by fields, or by both, highest score first. `fuzzy` accepts misspellings, other scripts, any word order and names that are still being typed; `exact` requires every word, or its beginning (from two letters) or a part of a name (from three). The other fields restrict the hits; one of them is enough. If no customer reaches the default threshold, up to five below it are returned (`below_threshold`). Pages lead to the first 1,000 hits; a page may have fewer hits than `limit` although more follow: continue until `next` is null. Each page is ranked again, so customers who change meanwhile may move. The text is in the body, so that no name appears in a URL. If the search index is unreachable, `exact` finds only complete names and numbers (`degraded`), and `fuzzy` is 503.',
  match:
    'Finds customers by structured criteria, for example to screen a list of names. Each of up to 100 queries gets its own hits, highest score first. `as_of` matches the list as it was at that time, as known now. More than 600 words in all names, or a large `limit` with many queries, is 400. It needs the search index (503).',
  lookup:
    'Tells anyone whether they are listed, without showing who is. `listed`: the full name and the full date of birth agree exactly with a customer, or the document number with the surname or the full date of birth; case, accents, word order and script do not matter. `possible`: somebody has a similar name or this document number; a wrong or partial date never changes this. Lookups are limited per network and day (429), and so are the different dates and numbers that are compared for one name.',
  verifyLookup:
    'Checks the signature of a receipt and returns the answer that it records. With `details`, it also states whether the receipt is for these criteria. An altered receipt gets 200 with `valid` false. Verifications are limited per network and day (429).',
  createBatch:
    'Ingests up to 500 rows of a source, as NDJSON or CSV. A row is identified by its source and its `id`: sent again, it changes nothing, even if agents have corrected the customer since. Invalid rows are rejected with a reason, and the others are ingested. CSV has a header of field names with `details.NAME` for custom fields; an empty cell clears the field. With an `Idempotency-Key`, an interrupted batch continues when it is sent again.',
  getBatch:
    'Returns the results of a batch as `createBatch` returned them. They are kept without a time limit. A batch of another location is 404 until it has been replicated.',
  listAudit:
    'Returns the audit log page by page: changes and accesses, with who, when, where and what. Agents get only their own entries; asking for another `actor` is 403. `format` or the `Accept` header selects JSON, CSV or NDJSON; the next page of CSV and NDJSON is in the `Link` header. `shown` finds the accesses that showed a customer, and `asked` those that asked for a name, also public lookups. A page may be short although more follow.',
  auditSummary:
    'Counts the entries of the audit log by day, actor, action and location. A long period takes several pages, and a day may be on more than one: add up their counts.',
  verifyAudit: `Compares the audit log at this location with the seals of all locations, and reports entries that were removed, changed or inserted. Purges and erasures are not reported. ${REPEAT} Each response covers only what its request examined.`,
  countPending:
    'Returns how many requested fields and types, records with open conflicts and pairs of likely duplicates wait for a decision at this location. Each is counted up to 100, so that a request costs the same however much waits. Of the purge it returns the report of the last run, which says how many customers are due, and how many runs failed since the last that did not. The numbers are approximate: a pair counts until the review queue is read, even if one of its customers has changed meanwhile.',
  listLocations:
    'Returns all known locations as seen from this one, by name: whether they are up, how far replication and search index are behind, and how many conflicts are open. What other locations report comes with their heartbeats.',
  listReachability:
    'Returns the names of all known locations as seen from this one, and whether each is up. `listLocations` says more, to the provider.',
  removeLocation:
    'Removes a location that was taken down permanently, so that purges and erasures no longer wait for it. Its data stays, and its next heartbeat would add it again. The response is 409 for a location that is up, and for the location that is called.',
  rebuildViews: `Rebuilds the current rows, the change log and the purchase totals of this location from the registry. Reads and writes may continue. ${REPEAT}`,
  rebuildIndex: `Builds a new search index of this location beside the one in use, and replaces it. Searches and writes may continue. ${REPEAT} The response is 503 if another rebuild was started meanwhile.`,
  indexDrift: `Compares the list with the search index of this location and, with \`repair\`, corrects the index. Entries that are newer than the list cannot be corrected: rebuild the index then. ${REPEAT}`,
  buy: 'Stores a purchase; 201 means that it is stored. The same values, or the same `Idempotency-Key` with the same values, are stored once, however price and time are written. The key is required if there is no `timestamp`. A purchase of an erased customer is 410. Members of the body that are not described are ignored.',
  listUserBuys:
    'Returns all purchases of a user by purchase id, page by page. The user is a `userid`, or a `username`: then the list has the purchases of all users who bought under that name, user by user. A purchase appears as soon as it is stored at this location. The list of a customer includes the purchases of customers merged into it. An unknown user gets an empty page.',
  listPurchases:
    'Returns the purchases of a user in an interval, newest first, page by page, with the totals of the interval and of all purchases of the user. List and totals of a customer include the purchases of customers merged into it. A purchase appears shortly after it was stored; `listUserBuys` returns it at once. An unknown user gets an empty page.',
  getRetention:
    'Returns how many days customers stay after their last change, in general and by type. Until the provider sets a policy, it is the configured one.',
  putRetention:
    'Replaces the whole policy: types that are not stated follow the general number of days. It takes effect with the next purge run. Repeating the request changes nothing. An unknown type is 400.',
  listRetentionRuns:
    'Returns the reports of purge runs, newest first, page by page. Dry runs, and scheduled runs that found nothing, have no report; a run that failed has one.',
  runRetention: `Runs the purge: customers whose retention period is over expire, are marked as purged and are deleted. Before each next phase every location must acknowledge the last one, and a waiting time must pass. Until their deletion, any change, a hold or \`restoreCustomer\` takes customers back, and so does a policy that does not remove them any more. With \`dry_run\` it only counts, also by a \`policy\` that is not in effect, and with \`customers\` it returns who would leave, page by page. ${REPEAT} One location runs purges; at others the response is 409 and names it.`,
  cancelRetentionRun:
    'Takes back the customers whom this run expired or marked, as long as their deletion has not begun; their retention period starts again. What one request has no time for, the next run does. If nothing is left to cancel, or at a location that does not run purges, the response is 409.',
  listHolds:
    'Returns the customers who are held now, page by page: first those whose holds end, the next end first; then the others. A hold appears a moment after it was set. Holds that have ended are not listed.',
  holdCustomer:
    'Exempts a customer from purges and erasure, for example during a legal dispute, until a date or until the hold is released. It replaces an earlier hold; repeating the request changes nothing. The retention period continues to run. A customer whose retention period has ended is taken back until it is deleted.',
  releaseCustomer:
    'Ends the hold of a customer, so that purges and erasure apply again. It does not restart the retention period. A customer without a hold is 404.',
  eraseCustomer:
    'Deletes a customer permanently from every location, with its history, its purchases, and all customers merged with it. The response is a signed certificate of what was deleted. Repeat the request to see which locations have completed the erasure. A held customer is 409.',
  verifyCertificate:
    'Checks the signature of a certificate of erasure and returns its content. Anyone who has a certificate may verify it. An altered certificate gets 200 with `valid` false.',
  listUsers: 'Returns who may log in, by name, page by page.',
  createUser:
    'Creates a user with a one-time password, which only this response contains. The user replaces it at the first login, by `createToken` with `new_password`. A name that is taken is 409.',
  patchUser:
    "Changes the role of a user, or disables or enables it. A disabled user cannot log in. The user's tokens end at once on one machine; in the cloud they stay valid for up to 20 minutes. You cannot disable or demote yourself or the last provider (409).",
  resetUserPassword:
    "Replaces a user's password by a one-time password, which only this response contains. The user's tokens end as after `patchUser`.",
  endOwnSessions:
    'Ends all sessions of the caller, on every device, for example after a device was lost. Tokens end as after `patchUser`; the password stays. The response is 404 if this deployment does not manage the caller.',
  removeUser:
    "Removes a user, whose tokens end as after `patchUser`. The audit log keeps the user's name. You cannot remove yourself or the last provider (409).",
}
