/** Made from contract/ by `npm run generate`: not to be changed by hand. What openapi-fetch calls `paths`. */
export interface Schemas {
  /** The created customer, with a warning of similar ones. */
  CreatedCustomer: {
    /** The id of the customer. */
    id: string
    /** The type of the customer, such as PERSON or INSTITUTION. */
    type: string
    /** The surname, or the name of an institution. */
    surname: string | null
    /** The given name, with middle names. */
    given_name: string | null
    /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
    dob: string | null
    /** The number of an identity document or registration. */
    document_number: string | null
    /** Values of custom fields by name. */
    details: Record<string, string | number | boolean>
    /** Whether the customer is on the list (`active`), and why not otherwise. */
    state: "active" | "deleted" | "merged" | "expired"
    /** The id of the customer that this one was merged into; null if it is not merged. */
    merged_into: string | null
    /** The ids of the customers that were merged into this one. */
    absorbed: string[]
    /** The opaque id of the version. */
    version: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** Until when it was valid (UTC); null if it still is. */
    valid_to: string | null
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The name of the location where it was done. */
    location: string
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** Whether the date of birth is approximate. In a request, only beside `dob`. */
    dob_approximate: boolean
    /** Up to three customers that are probably the same; null if the search index was unreachable. */
    likely_duplicates: Schemas["LikelyDuplicate"][] | null
  }
  /** A customer that is probably the same. */
  LikelyDuplicate: {
    /** The id of the customer. */
    id: string
    /** The probability that both are the same, 0 to 1. */
    score: number
    /** The score in words; null if it is below the calibrated threshold. */
    grade: "certain" | "probable" | "possible" | null
    /** The customer; null if they are no longer listed. */
    customer: Schemas["Customer"] | null
    /** The comparisons that the score is made of. */
    reasons: Schemas["Reason"][]
  }
  /** A customer at one time. */
  Customer: {
    /** The id of the customer. */
    id: string
    /** The type of the customer, such as PERSON or INSTITUTION. */
    type: string
    /** The surname, or the name of an institution. */
    surname: string | null
    /** The given name, with middle names. */
    given_name: string | null
    /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
    dob: string | null
    /** The number of an identity document or registration. */
    document_number: string | null
    /** Values of custom fields by name. */
    details: Record<string, string | number | boolean>
    /** Whether the customer is on the list (`active`), and why not otherwise. */
    state: "active" | "deleted" | "merged" | "expired"
    /** The id of the customer that this one was merged into; null if it is not merged. */
    merged_into: string | null
    /** The ids of the customers that were merged into this one. */
    absorbed: string[]
    /** The opaque id of the version. */
    version: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** Until when it was valid (UTC); null if it still is. */
    valid_to: string | null
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The name of the location where it was done. */
    location: string
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** Whether the date of birth is approximate. In a request, only beside `dob`. */
    dob_approximate: boolean
  }
  /** One comparison of a field of the query with a field of the customer. */
  Reason: {
    /** The name of the field; a custom field is `details.NAME`. */
    field: string
    /** The compared value of the query. */
    query: string
    /** The compared value of the customer. */
    customer: string
    /** How the two values agree, for display, such as exact, spelling, sound or initial. */
    comparison: string
    /** The similarity of the two values, 0 to 1. */
    similarity: number
    /** What the comparison adds to the evidence, in bits: log2(m/u). Negative if it speaks against. */
    weight: number
  }
  /** A page of the list. */
  CustomerList: {
    /** The results of this page. */
    items: Schemas["Customer"][]
    /** The `cursor` of the next page; null on the last one. */
    next: string | null
    /** Whether a location has not reported since `known_at`, so that more may become known about that time. */
    provisional: boolean
  }
  /** A customer at one time, whether more may become known about that time, and its hold. */
  ReadCustomer: {
    /** The id of the customer. */
    id: string
    /** The type of the customer, such as PERSON or INSTITUTION. */
    type: string
    /** The surname, or the name of an institution. */
    surname: string | null
    /** The given name, with middle names. */
    given_name: string | null
    /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
    dob: string | null
    /** The number of an identity document or registration. */
    document_number: string | null
    /** Values of custom fields by name. */
    details: Record<string, string | number | boolean>
    /** Whether the customer is on the list (`active`), and why not otherwise. */
    state: "active" | "deleted" | "merged" | "expired"
    /** The id of the customer that this one was merged into; null if it is not merged. */
    merged_into: string | null
    /** The ids of the customers that were merged into this one. */
    absorbed: string[]
    /** The opaque id of the version. */
    version: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** Until when it was valid (UTC); null if it still is. */
    valid_to: string | null
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The name of the location where it was done. */
    location: string
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** Whether the date of birth is approximate. In a request, only beside `dob`. */
    dob_approximate: boolean
    /** Whether a location has not reported since `known_at`, so that more may become known about that time. */
    provisional?: boolean
    /** The hold; null if the customer is not held. Only the provider gets it. */
    hold?: {
      /** Why the customer is held; null if it is not. */
      reason: string
      /** The end of the hold (UTC); null if it has none. */
      until: string | null
    } | null
  }
  /** A version of a customer: the state after a change, and the change. */
  HistoryItem: {
    /** The id of the customer. */
    id: string
    /** The type of the customer, such as PERSON or INSTITUTION. */
    type: string
    /** The surname, or the name of an institution. */
    surname: string | null
    /** The given name, with middle names. */
    given_name: string | null
    /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
    dob: string | null
    /** The number of an identity document or registration. */
    document_number: string | null
    /** Values of custom fields by name. */
    details: Record<string, string | number | boolean>
    /** Whether the customer is on the list (`active`), and why not otherwise. */
    state: "active" | "deleted" | "merged" | "expired"
    /** The id of the customer that this one was merged into; null if it is not merged. */
    merged_into: string | null
    /** The ids of the customers that were merged into this one. */
    absorbed: string[]
    /** The opaque id of the version. */
    version: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** Until when it was valid (UTC); null if it still is. */
    valid_to: string | null
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The name of the location where it was done. */
    location: string
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** Whether the date of birth is approximate. In a request, only beside `dob`. */
    dob_approximate: boolean
    /** What was done to the record. */
    action: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire"
    /** The user name of who did it; `public` for callers without a token. */
    actor: string
    /** A reason or remark; null if there is none. */
    note: string | null
    /** The names of the fields that the version set. */
    sets: string[]
    /** The version vector: when the latest version that the writer knew was recorded, by location. */
    clock: Record<string, string>
    /** Whether another version sets a field to a different value without either writer knowing of the other. */
    conflict: boolean
  }
  /** A field of a customer that differs between two times. */
  Difference: {
    /** The id of the customer. */
    id: string
    /** The name of the field; a custom field is `details.NAME`. */
    field: string
    /** The value at the earlier time; null if there was none. */
    before: string | number | boolean | null
    /** The value at the later time; null if there was none. */
    after: string | number | boolean | null
    /** Since when the value is valid (UTC). */
    at: string
    /** The user name of who did it; `public` for callers without a token. */
    actor: string
  }
  /** A field that two locations set to different values without knowing of each other. */
  Conflict: {
    /** An opaque id. */
    id: string
    /** The kind of the record: customer, field, type, policy or decision. */
    kind: string
    /** The id of the record, whatever its `kind`. */
    customer: string
    /** The name of the field; a custom field is `details.NAME`. */
    field: string
    /** The value in effect. */
    kept: Schemas["ConflictSide"]
    /** The other value, set at the same time elsewhere. */
    lost: Schemas["ConflictSide"]
  }
  /** One of the two values of a conflict, with its origin. */
  ConflictSide: {
    /** The value; null if the version cleared the field. */
    value: string | number | boolean | null
    /** What was done to the record. */
    action: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire"
    /** The user name of who did it; `public` for callers without a token. */
    actor: string
    /** The name of the location where it was done. */
    location: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The opaque id of the version. */
    version: string
  }
  /** A customer that is probably the same, with the score and its reasons. */
  Duplicate: {
    /** The customer. */
    customer: Schemas["Customer"]
    /** The probability that both are the same, 0 to 1. */
    score: number
    /** The score in words; null if it is below the calibrated threshold. */
    grade: "certain" | "probable" | "possible" | null
    /** The comparisons that the score is made of. */
    reasons: Schemas["Reason"][]
  }
  /** Two customers that are probably the same. */
  DuplicatePair: {
    /** The two customers, the one with the smaller id first. */
    customers: [Schemas["Customer"], Schemas["Customer"]]
    /** The probability that both are the same, 0 to 1. */
    score: number
    /** The score in words; null if it is below the calibrated threshold. */
    grade: "certain" | "probable" | "possible" | null
    /** The comparisons that the score is made of. */
    reasons: Schemas["Reason"][]
  }
  /** A custom field, and how far the search index has been updated to the current fields. */
  FieldInUse: {
    /** The name of the field. */
    name: string
    /** The name to display. */
    label: string
    /** The type of the values. */
    type: "text" | "number" | "date" | "boolean" | "choice" | "phone" | "email"
    /** The allowed values of a field of the type `choice`; null for other types. */
    choices: string[] | null
    /** A regular expression (RE2 syntax) that a whole text value must match; null for none. Ambiguous repetitions such as `(a+)+` are refused. */
    pattern: string | null
    /** The country (ISO 3166) of phone numbers that are written without a country code; null for other types, or if every number must have one. */
    country: string | null
    /** Whether a value must be stated when a customer is created or replaced. */
    required: boolean
    /** Whether searches use the field. */
    searchable: boolean
    /** Whether values are personal. `sensitive` values can be neither searched nor filtered by, and agents get them only in responses about one customer. */
    pii: "none" | "personal" | "sensitive"
    /** Where it is in the process of authorisation. */
    state: "requested" | "authorised" | "rejected" | "removed"
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** How far the search index of this location has been updated. */
    index: Schemas["Indexing"]
  }
  /** How far the search index of this location has been updated to the searchable fields. */
  Indexing: {
    /** Whether the update is complete. */
    done: boolean
    /** How many customers have been compared so far. */
    customers: number
    /** How many index entries have been updated so far. */
    changed: number
  }
  /** A custom field of customers. */
  Field: {
    /** The name of the field. */
    name: string
    /** The name to display. */
    label: string
    /** The type of the values. */
    type: "text" | "number" | "date" | "boolean" | "choice" | "phone" | "email"
    /** The allowed values of a field of the type `choice`; null for other types. */
    choices: string[] | null
    /** A regular expression (RE2 syntax) that a whole text value must match; null for none. Ambiguous repetitions such as `(a+)+` are refused. */
    pattern: string | null
    /** The country (ISO 3166) of phone numbers that are written without a country code; null for other types, or if every number must have one. */
    country: string | null
    /** Whether a value must be stated when a customer is created or replaced. */
    required: boolean
    /** Whether searches use the field. */
    searchable: boolean
    /** Whether values are personal. `sensitive` values can be neither searched nor filtered by, and agents get them only in responses about one customer. */
    pii: "none" | "personal" | "sensitive"
    /** Where it is in the process of authorisation. */
    state: "requested" | "authorised" | "rejected" | "removed"
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
  }
  /** A type of customers. */
  CustomerType: {
    /** The name of the type. */
    name: string
    /** The name to display. */
    label: string
    /** Where it is in the process of authorisation. */
    state: "requested" | "authorised" | "rejected" | "removed"
    /** Whether the type always exists and cannot be changed. */
    built_in: boolean
    /** When it was first recorded (UTC); null for a built-in type. */
    created_at: string | null
    /** When it was last changed (UTC); null for a built-in type. */
    updated_at: string | null
  }
  /** A customer that was found, with the score and its reasons. */
  Hit: {
    /** The customer. */
    customer: Schemas["Customer"]
    /** The probability that both are the same, 0 to 1. */
    score: number
    /** The score in words; null if it is below the calibrated threshold. */
    grade: "certain" | "probable" | "possible" | null
    /** The comparisons that the score is made of; empty if `match` was not asked to explain. */
    reasons: Schemas["Reason"][]
  }
  /** The results of a batch. */
  Batch: {
    /** The id of the batch. */
    id: string
    /** The name of the source. */
    source: string
    /** The user name of who did it; `public` for callers without a token. */
    actor: string
    /** When the batch was received (UTC). */
    at: string
    /** The name of the location that ingested the batch; null for batches of early versions. */
    location: string | null
    /** Whether the batch was only tried: nothing was written. */
    dry_run: boolean
    /** How many rows the batch had. */
    rows: number
    /** How many rows created a customer. */
    created: number
    /** How many rows changed a customer. */
    updated: number
    /** How many rows deleted a customer. */
    deleted: number
    /** How many rows restored a customer. */
    restored: number
    /** How many rows changed nothing. */
    unchanged: number
    /** How many rows were rejected. */
    refused: number
    /** The result of each row, in order. */
    results: Schemas["BatchResult"][]
  }
  /** The result of one row of a batch. */
  BatchResult: {
    /** The number of the row, from 1; the CSV header does not count. */
    row: number
    /** The id of the customer; null if the row was rejected before it was determined. */
    id: string | null
    /** What the row did; `refused` if it was rejected. */
    outcome: "created" | "updated" | "deleted" | "restored" | "unchanged" | "refused"
    /** Why the row was rejected; null if it was not. */
    problem: string | null
    /** What was done to the row as it was sent, such as taking off invisible characters. */
    note?: string
    /** Up to three customers that are probably the same; null if the search index was unreachable. */
    likely_duplicates: Schemas["LikelyDuplicate"][] | null
  }
  /** A page of the audit log. */
  AuditList: {
    /** The results of this page. */
    items: Schemas["AuditEntry"][]
    /** The `cursor` of the next page; null on the last one. */
    next: string | null
  }
  /** An entry of the audit log: a change or an access. */
  AuditEntry: {
    /** An opaque id. */
    id: string
    /** When it happened (UTC). */
    at: string
    /** The user name of who did it; `public` for callers without a token. */
    actor: string
    /** The change, such as `create` or `update`; for an access, the operation. */
    action: string
    /** `done`, the answer of a lookup, or the kind of problem. */
    outcome: string
    /** The kind and id of the record that it is about, such as `customer/ID`; null if there is none. */
    record: string | null
    /** The name of the location where it was done. */
    location: string
    /** The id of the request; null if it was not recorded or was erased. */
    request_id: string | null
    /** How many requests the entry stands for. Mass refusals of anonymous callers share an entry. */
    count: number
    /** The fields that the change set, with their previous values; null if the entry is no change or its content was erased. */
    before: Record<string, string | number | boolean | null> | null
    /** The fields that the change set, with their new values; null as for `before`. */
    after: Record<string, string | number | boolean | null> | null
    /** A reason or remark; null if there is none. */
    note: string | null
    /** The ids of the customers whom the access showed, up to 100; null for changes and for other accesses. */
    shown: string[] | null
    /** How many customers the access showed; null as for `shown`. */
    shown_count: number | null
  }
  /** The state of a location as seen from this one. */
  Location: {
    /** The name of the location. */
    name: string
    /** Whether a heartbeat has arrived lately. */
    up: boolean
    /** When the location's last heartbeat arrived here (UTC); null if none has. */
    heard_at: string | null
    /** How long rows of the location take to arrive here, in milliseconds; null if unknown. */
    replication_lag_ms: number | null
    /** How far the location's search index is behind its list, in milliseconds; null if unknown. */
    index_lag_ms: number | null
    /** How many records have open conflicts at the location; null if unknown. */
    conflicts: number | null
    /** How many differences the last check of the search index left; null before the first check. */
    drift: number | null
    /** The last heartbeat that the location had received (UTC), by sending location. */
    seen: Record<string, string>
  }
  /** A purchase to store. */
  Buy: {
    /** The name of the user. */
    username: string
    /** The id of the user. Purchases of a customer have its id and are erased with it. */
    userid: string
    /** The price, as an exact decimal of at most 12 digits before the point and 6 after it, without sign and exponent. */
    price: string | number
    /** The currency (ISO 4217). Default: the registry's. */
    currency?: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HRK" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SLL" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XDR" | "XOF" | "XPF" | "XSU" | "YER" | "ZAR" | "ZMW" | "ZWG" | "ZWL"
    /** When it was bought (ISO 8601). Default: when it is received; an `Idempotency-Key` is required then. */
    timestamp?: string
  }
  /** A stored purchase. */
  Purchase: {
    /** The id of the purchase. It is derived from the content and the `Idempotency-Key`. */
    id: string
    /** The name of the user. */
    username: string
    /** The id of the user. Purchases of a customer have its id and are erased with it. */
    userid: string
    /** The price, as an exact decimal. */
    price: string
    /** The currency (ISO 4217). */
    currency: string
    /** When it was bought (UTC), or received if that was not stated. */
    timestamp: string
  }
  /** The total of a user's purchases in one currency. */
  Total: {
    /** The currency (ISO 4217). */
    currency: string
    /** The number of purchases. */
    count: number
    /** The sum of the prices, as an exact decimal with at least the decimals of the currency (ISO 4217). */
    sum: string
  }
  /** How many days customers stay after their last change. */
  RetentionPolicy: {
    /** How many days a customer stays after its last change; null for no limit. */
    days: number | null
    /** The days of types that differ from the general number, by type; null: customers of the type stay for ever. */
    types: Record<string, number | null>
  }
  /** The report of a purge run. Its counts are of customers. */
  RetentionRun: {
    /** An opaque id. */
    id: string
    /** When the run started (UTC). */
    at: string
    /** When the run ended (UTC). */
    ended_at: string
    /** The name of the location where it was done. */
    location: string
    /** The user name of who did it; `public` for callers without a token. */
    actor: string
    /** Whether the run only counted. */
    dry_run: boolean
    /** The retention policy of the run. */
    policy: Schemas["RetentionPolicy"]
    /** Customers whose retention period is over. */
    due: number
    /** Customers that were taken off the list in the first phase. */
    expired: number
    /** Customers that were marked as purged in the second phase. */
    marked: number
    /** Customers whose versions were deleted in the third phase. */
    removed: number
    /** Customers taken back: the policy keeps them now, or the purge was cancelled. */
    returned: number
    /** Customers that are due but still exist, by reason. */
    kept: {
      /** Customers that are due but held. */
      held: number
      /** Customers that are due but merged with one that is not. */
      merged: number
      /** Customers that stay because they were changed meanwhile. */
      changed: number
      /** Customers in a phase that a location has not acknowledged. */
      unheard: number
      /** Customers in a phase whose waiting time has not passed. */
      waiting: number
    }
    /** The names of the locations that have not acknowledged a phase. */
    waiting_for: string[]
    /** Whether everything was examined; false if the time was up. */
    finished: boolean
  }
  /** What a cancelled run took back. */
  CancelledRun: {
    /** An opaque id. */
    id: string
    /** Customers that are back on the list. */
    returned: number
    /** Customers whose deletion had begun, and was finished. */
    removed: number
  }
  /** A hold, and the customer whom it exempts from purges and erasure. */
  HeldCustomer: {
    /** Why the customer is held; null if it is not. */
    reason: string
    /** The end of the hold (UTC); null if it has none. */
    until: string | null
    /** The customer. */
    customer: Schemas["Customer"]
  }
  /** Whether a customer is exempt from purges and erasure. */
  Hold: {
    /** The id of the customer. */
    id: string
    /** Whether the customer is held. */
    held: boolean
    /** Why the customer is held; null if it is not. */
    reason: string | null
    /** The end of the hold (UTC); null if it has none. */
    until: string | null
  }
  /** What an erasure deleted, what was left when it was read back, and a signature. */
  ErasureCertificate: {
    /** The ids of the erased customers: the requested one and all merged with it. */
    ids: string[]
    /** When the customer was erased (UTC). */
    erased_at: string
    /** The name of the location where it was done. */
    location: string
    /** What existed before the erasure and was deleted. */
    removed: {
      /** How many versions were deleted. */
      versions: number
      /** How many decisions about duplicates were deleted. */
      decisions: number
      /** How many pairs of the review queue were deleted. */
      pairs: number
      /** How many open conflicts were deleted. */
      disputes: number
      /** How many purchases were deleted. */
      linked: number
      /** From how many versions of other customers values were removed that they had copied from an erased one in a merge, before the two were split. */
      copies?: number
    }
    /** When this location was read back (UTC). */
    read_at: string
    /** What was left at this location when it was read back. */
    found: {
      /** How many rows the registry still has. */
      registry: number
      /** How many rows the views still have. */
      views: number
      /** How many of the customers the search index still has; null if it was unreachable. */
      index: number | null
      /** How many of the customers still have content in the audit log. */
      audit: number
      /** How many purchases of the customers are left. */
      linked: number
      /** How many versions still contain values that another customer copied from an erased one in a merge, before the two were split. */
      copies?: number
    }
    /** The progress of the erasure at each known location. */
    locations: ({
      /** The name of the location. */
      name: string
      /** When nothing was left in the tables of the location (UTC); null if it has not reported that. */
      acknowledged_at: string | null
    })[]
    /** The names of the locations that have not completed the erasure. */
    pending: string[]
    /** Until when the streams of the tables may contain the erased data in the cloud (UTC). On one machine, it is removed from them at once. */
    streams_until?: string
    /** Until when backups may contain the erased data (UTC). A restored backup erases it again before use. */
    backups_until: string
    /** The signed content of this response, for `verifyCertificate`. */
    certificate: string
  }
  /** A page of users. */
  UserList: {
    /** The results of this page. */
    items: Schemas["User"][]
    /** The `cursor` of the next page; null on the last one. */
    next: string | null
  }
  /** Somebody who may log in. */
  User: {
    /** The id of the user. */
    id: string
    /** The name of the user. */
    username: string
    /** The role of the user; null for a user who has neither, such as the canary. */
    role: "agent" | "provider" | null
    /** Whether the user is prevented from logging in. */
    disabled: boolean
    /** Whether the user must replace the password at the next login. */
    one_time_password: boolean
    /** When the user was created (UTC). */
    created_at: string
  }
  /** A user, with a one-time password. */
  UserWithPassword: {
    /** The id of the user. */
    id: string
    /** The name of the user. */
    username: string
    /** The role of the user; null for a user who has neither, such as the canary. */
    role: "agent" | "provider" | null
    /** Whether the user is prevented from logging in. */
    disabled: boolean
    /** Whether the user must replace the password at the next login. */
    one_time_password: boolean
    /** When the user was created (UTC). */
    created_at: string
    /** The one-time password. No later response has it. */
    password: string
  }
  /** A problem document (RFC 9457). */
  Problem: {
    /** The kind of problem, as a URN. */
    type: string
    /** The kind of problem in words. */
    title: string
    /** The HTTP status. */
    status: number
    /** What is wrong, and what to do about it. */
    detail: string
    /** The path of the request. */
    instance: string
    /** The id of the request, as in the log. */
    request_id: string
    /** All errors of the input, each with its place; empty for other problems. */
    errors: Schemas["Fault"][]
  }
  /** One error of a request. */
  Fault: {
    /** The place of the error: `#/member` in the body, `?name` in the query, `{name}` in the path, otherwise a header. */
    pointer: string
    /** What is wrong. It follows the name of the member or parameter. */
    detail: string
  }
}

interface Responses {
  problem: { content: {
    "application/problem+json": Schemas["Problem"]
  } }
}

export interface paths {
  "/": {
    /** Describe this API */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "application/json": {
            /** The name of this API. */
            name: string
            /** What this API is for. */
            description: string
            /** The version of this API. */
            version: string
            /** The name of the location that answered. */
            location: string
            /** The path of the documentation page. */
            documentation: string
            /** The path of the OpenAPI document. */
            openapi: string
          }
        } }
        400: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/healthz": {
    /** Check whether the process runs */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "text/plain": string
        } }
        400: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/ping": {
    /** Check whether database and search index are reachable */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "application/json": {
            /** Whether the database and the search index are reachable. `starting`: the search index is still being filled; reads, changes and exact look-ups already work. */
            status: "up" | "starting" | "down"
            /** Why the status is not `up`. */
            reason?: string
            /** The name of the location that answered. */
            location: string
            /** The time of the response (UTC). */
            time: string
            /** The state of the database. */
            database: {
              /** Whether the database is reachable. */
              status: "up" | "down"
              /** The names of the tables. */
              tables: string[]
            }
            /** The state of the search index. */
            search: {
              /** Whether the search index is reachable. */
              status: "up" | "down"
              /** The engine of the search index. */
              engine: string
              /** The managed search domain. Only for the provider, and only if there is one. */
              domain?: {
                /** The name of the domain. */
                name: string
                /** The state of the domain. */
                state: "active" | "creating" | "changing" | "isolated" | "deleting" | "unknown"
                /** The version of the engine; null if unknown. */
                engine_version: string | null
              }
            }
            /** The features of this API. */
            features: string[]
            /** The operations of this API, each as method and path. */
            endpoints: string[]
          }
        } }
        400: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: { content: {
          "application/json": {
            /** Whether the database and the search index are reachable. `starting`: the search index is still being filled; reads, changes and exact look-ups already work. */
            status: "up" | "starting" | "down"
            /** Why the status is not `up`. */
            reason?: string
            /** The name of the location that answered. */
            location: string
            /** The time of the response (UTC). */
            time: string
            /** The state of the database. */
            database: {
              /** Whether the database is reachable. */
              status: "up" | "down"
              /** The names of the tables. */
              tables: string[]
            }
            /** The state of the search index. */
            search: {
              /** Whether the search index is reachable. */
              status: "up" | "down"
              /** The engine of the search index. */
              engine: string
              /** The managed search domain. Only for the provider, and only if there is one. */
              domain?: {
                /** The name of the domain. */
                name: string
                /** The state of the domain. */
                state: "active" | "creating" | "changing" | "isolated" | "deleting" | "unknown"
                /** The version of the engine; null if unknown. */
                engine_version: string | null
              }
            }
            /** The features of this API. */
            features: string[]
            /** The operations of this API, each as method and path. */
            endpoints: string[]
          }
        } }
      }
    }
  }
  "/openapi.json": {
    /** Get this API as an OpenAPI 3.1 document */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "application/json": {
            /** The version of OpenAPI that the document follows. */
            openapi: string
          }
        } }
        400: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/docs": {
    /** Read this API as a web page */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "text/html": string
        } }
        400: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/docs/{file}": {
    /** Get a file of the documentation page */
    get: {
      parameters: {
        path: {
          file: "swagger-ui.css" | "swagger-ui-bundle.js" | "start.js"
        }
      }
      responses: {
        200: { content: {
          "text/css": string
          "text/javascript": string
        } }
        400: Responses["problem"]
        404: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/auth/token": {
    /** Log in with a name and a password */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The user name. */
          username: string
          /** The password. */
          password: string
          /** A new password, of at least 12 characters, which replaces `password`. In the cloud it has a small and a capital letter, a digit and a symbol. */
          new_password?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The JWT for the `Authorization: Bearer` header. */
            access_token: string
            /** The type of the token. */
            token_type: "Bearer"
            /** The lifetime of the token, in seconds. */
            expires_in: number
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers": {
    /** Create a customer */
    post: {
      parameters: {
        header?: {
          "Idempotency-Key"?: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** The type of the customer: PERSON, INSTITUTION or another authorised one. Default: PERSON. */
          type?: string
          /** The surname, or the name of an institution. */
          surname?: string | null
          /** The given name, with middle names. */
          given_name?: string | null
          /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
          dob?: string | null
          /** Whether the date of birth is approximate. In a request, only beside `dob`. */
          dob_approximate?: boolean | null
          /** The number of an identity document or registration. */
          document_number?: string | null
          /** Values of authorised custom fields by name; null clears a value. */
          details?: Record<string, string | number | boolean | null>
          /** Since when the statement is valid (ISO 8601), not in the future. Default: now. */
          valid_from?: string
          /** The reason of the change, for its history and the audit log. It is erased with the customer. */
          note?: string
        }
      } }
      responses: {
        201: { content: {
          "application/json": Schemas["CreatedCustomer"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        412: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        422: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** List customers, now or at another time */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          type?: string
          state?: "active" | "deleted" | "merged" | "expired" | "all"
          source?: string
          q?: string
          sort?: "surname" | "-surname" | "updated_at" | "-updated_at" | "created_at" | "-created_at"
          changed_since?: string
          as_of?: string
          known_at?: string
          [name: `detail.${string}`]: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["CustomerList"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers/{id}": {
    /** Get a customer, now or at another time */
    get: {
      parameters: {
        path: {
          id: string
        }
        query?: {
          as_of?: string
          known_at?: string
          consistent?: "true" | "false"
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["ReadCustomer"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Change stated fields of a customer */
    patch: {
      parameters: {
        path: {
          id: string
        }
        header?: {
          "If-Match"?: string
          "Idempotency-Key"?: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** The type of the customer: PERSON, INSTITUTION or another authorised one. Default: unchanged. */
          type?: string
          /** The surname, or the name of an institution. */
          surname?: string | null
          /** The given name, with middle names. */
          given_name?: string | null
          /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
          dob?: string | null
          /** Whether the date of birth is approximate. In a request, only beside `dob`. */
          dob_approximate?: boolean | null
          /** The number of an identity document or registration. */
          document_number?: string | null
          /** Values of authorised custom fields by name; null clears a value. */
          details?: Record<string, string | number | boolean | null>
          /** Since when the statement is valid (ISO 8601), not in the future. Default: now. */
          valid_from?: string
          /** The reason of the change, for its history and the audit log. It is erased with the customer. */
          note?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["Customer"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        412: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        422: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Replace a customer: fields that are not stated are cleared */
    put: {
      parameters: {
        path: {
          id: string
        }
        header?: {
          "If-Match"?: string
          "Idempotency-Key"?: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** The type of the customer: PERSON, INSTITUTION or another authorised one. Default: unchanged. */
          type?: string
          /** The surname, or the name of an institution. */
          surname?: string | null
          /** The given name, with middle names. */
          given_name?: string | null
          /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
          dob?: string | null
          /** Whether the date of birth is approximate. In a request, only beside `dob`. */
          dob_approximate?: boolean | null
          /** The number of an identity document or registration. */
          document_number?: string | null
          /** Values of authorised custom fields by name; null clears a value. */
          details?: Record<string, string | number | boolean | null>
          /** Since when the statement is valid (ISO 8601), not in the future. Default: now. */
          valid_from?: string
          /** The reason of the change, for its history and the audit log. It is erased with the customer. */
          note?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["Customer"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        412: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        422: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Delete a customer from the list; the history stays */
    delete: {
      parameters: {
        path: {
          id: string
        }
        header?: {
          "If-Match"?: string
          "Idempotency-Key"?: string
        }
      }
      requestBody?: { content: {
        "application/json": {
          /** The reason of the change, for its history and the audit log. It is erased with the customer. */
          note?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["Customer"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        412: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        422: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers/{id}/restore": {
    /** Restore a deleted customer */
    post: {
      parameters: {
        path: {
          id: string
        }
        header?: {
          "If-Match"?: string
          "Idempotency-Key"?: string
        }
      }
      requestBody?: { content: {
        "application/json": {
          /** The reason of the change, for its history and the audit log. It is erased with the customer. */
          note?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["Customer"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        412: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        422: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers/{id}/history": {
    /** List all versions of a customer, newest first */
    get: {
      parameters: {
        path: {
          id: string
        }
        query?: {
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["HistoryItem"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers/{id}/diff": {
    /** Compare a customer at two times */
    get: {
      parameters: {
        path: {
          id: string
        }
        query: {
          from: string
          to?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The earlier of the two times (UTC). */
            from: string
            /** The later of the two times (UTC). */
            to: string
            /** The fields that differ. */
            items: Schemas["Difference"][]
            /** Always null: there is one page. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/diff": {
    /** Compare the list at two times */
    get: {
      parameters: {
        query: {
          from: string
          to?: string
          customer?: string
          field?: string
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The earlier of the two times (UTC). */
            from: string
            /** The later of the two times (UTC). */
            to: string
            /** The results of this page. */
            items: Schemas["Difference"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/conflicts": {
    /** List conflicting changes of two locations */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["Conflict"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/conflicts/{id}": {
    /** Resolve a conflict */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** `confirm` restates the value in effect; `reverse` restores the other one. */
          decision: "confirm" | "reverse"
          /** The reason of the change, for its history and the audit log. It is erased with the customer. */
          note?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** An opaque id. */
            id: string
            /** The kind of the record: customer, field, type, policy or decision. */
            kind: string
            /** The id of the record, whatever its `kind`. */
            customer: string
            /** The name of the field; a custom field is `details.NAME`. */
            field: string
            /** The value in effect. */
            kept: Schemas["ConflictSide"]
            /** The other value, set at the same time elsewhere. */
            lost: Schemas["ConflictSide"]
            /** The decision. */
            decision: "confirm" | "reverse"
            /** The opaque id of the version that resolved the conflict. */
            version: string
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers/{id}/duplicates": {
    /** List likely duplicates of a customer, likeliest first */
    get: {
      parameters: {
        path: {
          id: string
        }
        query?: {
          limit?: number
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The likely duplicates, highest score first. */
            items: Schemas["Duplicate"][]
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers/{id}/split": {
    /** Split a merged customer */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["Customer"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/duplicates": {
    /** List pairs to review, likeliest first */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["DuplicatePair"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Decide whether two customers are the same */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The ids of the two customers, in any order. */
          ids: [string, string]
          /** `same` merges the two customers; `different` records that they differ. */
          decision: "same" | "different"
          /** The reason of the change, for its history and the audit log. It is erased with the customer. */
          note?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The decision. */
            decision: "same" | "different"
            /** A reason or remark; null if there is none. */
            note: string | null
            /** The survivor of a merge, or the two customers that differ. */
            customers: Schemas["Customer"][]
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/fields": {
    /** Request a custom field */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The name of the field in `details`. It cannot be changed. */
          name: string
          /** The name to display. Default: `name`. */
          label?: string
          /** The type of the values. */
          type: "text" | "number" | "date" | "boolean" | "choice" | "phone" | "email"
          /** The allowed values of a field of the type `choice`; null for other types. */
          choices?: string[] | null
          /** A regular expression (RE2 syntax) that a whole text value must match; null for none. Ambiguous repetitions such as `(a+)+` are refused. */
          pattern?: string | null
          /** The country (ISO 3166) of phone numbers that are written without a country code; null for other types, or if every number must have one. */
          country?: string | null
          /** Whether a value must be stated when a customer is created or replaced. */
          required?: boolean
          /** Whether searches use the field. */
          searchable?: boolean
          /** Whether values are personal. `sensitive` values can be neither searched nor filtered by, and agents get them only in responses about one customer. */
          pii?: "none" | "personal" | "sensitive"
        }
      } }
      responses: {
        201: { content: {
          "application/json": Schemas["FieldInUse"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** List custom fields, in any state */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          state?: "requested" | "authorised" | "rejected" | "removed"
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["Field"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/fields/{name}": {
    /** Get a custom field */
    get: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["FieldInUse"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Change the definition of a custom field */
    patch: {
      parameters: {
        path: {
          name: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** The name to display. */
          label?: string
          /** The type of the values. It cannot be changed once the field was authorised. */
          type?: "text" | "number" | "date" | "boolean" | "choice" | "phone" | "email"
          /** The allowed values of a field of the type `choice`; null for other types. */
          choices?: string[] | null
          /** A regular expression (RE2 syntax) that a whole text value must match; null for none. Ambiguous repetitions such as `(a+)+` are refused. */
          pattern?: string | null
          /** The country (ISO 3166) of phone numbers that are written without a country code; null for other types, or if every number must have one. */
          country?: string | null
          /** Whether a value must be stated when a customer is created or replaced. */
          required?: boolean
          /** Whether searches use the field. */
          searchable?: boolean
          /** Whether values are personal. `sensitive` values can be neither searched nor filtered by, and agents get them only in responses about one customer. */
          pii?: "none" | "personal" | "sensitive"
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["FieldInUse"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Remove a custom field: its values are hidden, not deleted */
    delete: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["FieldInUse"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/fields/{name}/authorise": {
    /** Authorise a custom field */
    post: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["FieldInUse"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/fields/{name}/reject": {
    /** Reject a requested custom field */
    post: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["FieldInUse"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/types": {
    /** Request a type of customers */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The name of the type. It cannot be changed. */
          name: string
          /** The name to display. Default: `name` in lower case with a capital. */
          label?: string
        }
      } }
      responses: {
        201: { content: {
          "application/json": Schemas["CustomerType"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** List types of customers, in any state */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
          state?: "requested" | "authorised" | "rejected" | "removed"
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["CustomerType"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/types/{name}": {
    /** Get a type of customers */
    get: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["CustomerType"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Change the label of a type */
    patch: {
      parameters: {
        path: {
          name: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** The name to display. */
          label?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["CustomerType"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Remove an unused type */
    delete: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["CustomerType"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/types/{name}/authorise": {
    /** Authorise a type */
    post: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["CustomerType"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/types/{name}/reject": {
    /** Reject a requested type */
    post: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["CustomerType"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/search": {
    /** Search customers by words in any order and spelling */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The text to find: names, a date of birth or a document number, in any order. */
          q?: string
          /** Only customers whose surname has each of these words: in any spelling in the mode `fuzzy`, as written in the mode `exact`. */
          surname?: string
          /** Only customers whose given name has each of these words: in any spelling in the mode `fuzzy`, as written in the mode `exact`. */
          given_name?: string
          /** Only customers who may be born then: a day, a month or a year, in any notation of `dob` in other requests. A customer of whom less is known is included if it agrees. */
          dob?: string
          /** How many years earlier or later than `dob` the customer may be born. Default: 0. */
          dob_tolerance_years?: number
          /** Only customers with this document number, whatever its case, spaces and separators. */
          document_number?: string
          /** `fuzzy` ranks similar customers, also by unfinished words; `exact` requires every word, or its beginning. */
          mode?: "fuzzy" | "exact"
          /** The maximum number of hits. Default: as configured. */
          limit?: number
          /** The `next` of the previous page. It is valid only with the same search. Default: the first page. */
          cursor?: string
          /** The lowest score of a hit, 0 to 1. Default: the calibrated threshold; 0 in the mode `exact` and without `q` and names. */
          threshold?: number
          /** Only customers of this type. */
          type?: string
          /** Only customers in this state; `all` for any state. Default: active, with merged customers found as their survivors. */
          state?: "active" | "deleted" | "merged" | "expired" | "all"
          /** Only customers whose custom fields have these values. Not for sensitive fields. */
          details?: Record<string, string | number | boolean>
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The hits, highest score first. */
            items: Schemas["Hit"][]
            /** The lowest score of a hit that applied. */
            threshold: number
            /** Whether the search index was unreachable, so that only complete names and numbers were found. */
            degraded: boolean
            /** Whether no customer reached the default threshold. `items` then has up to five customers who are most similar, below the threshold. */
            below_threshold: boolean
            /** What answered: the engine of the search index, or `table`. */
            engine: string
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/match": {
    /** Match up to 100 sets of criteria */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The criteria to match, each with at least one field. */
          queries: ({
            /** The surname, or the name of an institution. */
            surname?: string | null
            /** The given name, with middle names. */
            given_name?: string | null
            /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
            dob?: string | null
            /** The number of an identity document or registration. */
            document_number?: string | null
            /** Values of searchable custom fields to compare, by name. */
            details?: Record<string, string | number | boolean> | null
          })[]
          /** The lowest score of a hit, 0 to 1. Default: the calibrated threshold. */
          threshold?: number
          /** The maximum number of hits of each query. Default: as configured. */
          limit?: number
          /** Whether hits have reasons. */
          explain?: boolean
          /** Ids of customers to leave out, for example because they were cleared before. */
          exclude?: string[]
          /** Only customers of this type. */
          type?: string
          /** Matches the list as it was valid at this time (ISO 8601), as known now. Default: the current list. */
          as_of?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The result of each query, in order. */
            results: ({
              /** The criteria, as stated. */
              query: {
                /** The surname, or the name of an institution. */
                surname?: string | null
                /** The given name, with middle names. */
                given_name?: string | null
                /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
                dob?: string | null
                /** The number of an identity document or registration. */
                document_number?: string | null
                /** Values of custom fields by name. */
                details?: Record<string, string | number | boolean> | null
              }
              /** The hits of the query, highest score first. */
              items: Schemas["Hit"][]
            })[]
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/lookup": {
    /** Check whether you, or someone similar, is listed */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The surname, or the name of an institution. */
          surname?: string | null
          /** The given name, with middle names. */
          given_name?: string | null
          /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
          dob?: string | null
          /** The number of an identity document or registration. */
          document_number?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The result of the lookup. */
            answer: "listed" | "possible" | "not_listed"
            /** What the answer means, and what to do next. */
            explanation: string
            /** The initials of the stated names if the answer is `possible` and names were stated; otherwise null. */
            initials: string | null
            /** A signed receipt of the answer, for `verifyLookup`. It has no personal data. */
            receipt: string
          }
        } }
        400: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/lookup/verify": {
    /** Verify the receipt of a lookup */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The receipt, as `lookup` returned it. */
          receipt: string
          /** The criteria that the receipt is claimed to be for. */
          details?: {
            /** The surname, or the name of an institution. */
            surname?: string | null
            /** The given name, with middle names. */
            given_name?: string | null
            /** The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
            dob?: string | null
            /** The number of an identity document or registration. */
            document_number?: string | null
          }
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** Whether the signature is valid. */
            valid: boolean
            /** Whether the receipt is for the stated `details`; null if none were stated or it is not valid. */
            matches: boolean | null
            /** The result that the receipt records; null if it is not valid. */
            answer: "listed" | "possible" | "not_listed" | null
            /** When the lookup was answered (UTC); null if the receipt is not valid. */
            at: string | null
            /** The name of the location that answered the lookup; null if the receipt is not valid. */
            location: string | null
            /** The list that the answer refers to (UTC): read it at that `location` with this `known_at`. Null if not recorded, or not valid. */
            known_at: string | null
          }
        } }
        400: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/batches": {
    /** Ingest up to 500 rows */
    post: {
      parameters: {
        query: {
          source: string
          ids?: "source" | "registry"
          dry_run?: "true" | "false"
          country?: string
        }
        header?: {
          "Idempotency-Key"?: string
        }
      }
      requestBody: { content: {
        "application/x-ndjson": string
        "text/csv": string
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["Batch"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        412: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        422: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/batches/{id}": {
    /** Get the results of a batch */
    get: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["Batch"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/audit": {
    /** List audit entries, as JSON, CSV or NDJSON */
    get: {
      parameters: {
        query?: {
          from?: string
          to?: string
          actor?: string
          action?: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire" | "createToken" | "createCustomer" | "listCustomers" | "getCustomer" | "patchCustomer" | "putCustomer" | "deleteCustomer" | "restoreCustomer" | "customerHistory" | "customerDiff" | "diff" | "listConflicts" | "settleConflict" | "customerDuplicates" | "splitCustomer" | "listDuplicates" | "decideDuplicate" | "requestField" | "listFields" | "getField" | "patchField" | "removeField" | "authoriseField" | "rejectField" | "requestType" | "listTypes" | "getType" | "patchType" | "removeType" | "authoriseType" | "rejectType" | "search" | "match" | "lookup" | "verifyLookup" | "createBatch" | "getBatch" | "listAudit" | "auditSummary" | "verifyAudit" | "listLocations" | "removeLocation" | "rebuildViews" | "rebuildIndex" | "indexDrift" | "buy" | "listUserBuys" | "listPurchases" | "getRetention" | "putRetention" | "listRetentionRuns" | "runRetention" | "cancelRetentionRun" | "listHolds" | "holdCustomer" | "releaseCustomer" | "eraseCustomer" | "verifyCertificate" | "listUsers" | "createUser" | "patchUser" | "resetUserPassword" | "removeUser" | "unknown"
          customer?: string
          shown?: string
          asked?: string
          location?: string
          outcome?: string
          order?: "newest" | "oldest"
          format?: "json" | "csv" | "ndjson"
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["AuditList"]
          "text/csv": string
          "application/x-ndjson": string
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/audit/summary": {
    /** Count audit entries by day, actor, action and location */
    get: {
      parameters: {
        query?: {
          from?: string
          to?: string
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: {
              /** The day (UTC). */
              day: string
              /** The user name of who did it; `public` for callers without a token. */
              actor: string
              /** The change, such as `create` or `update`; for an access, the operation. */
              action: string
              /** The name of the location where it was done. */
              location: string
              /** The number of requests and changes. */
              count: number
            }[]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/audit/verify": {
    /** Verify the audit log against its seals */
    post: {
      parameters: {
        query?: {
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** How many seals were verified. */
            seals: number
            /** How many entries were compared with the seals. */
            entries: number
            /** The end of the verified part of the log, by location. */
            sealed: Record<string, {
              /** The end of the last verified seal (UTC). */
              to: string
              /** The hash of the last verified seal. Keep it to detect a later replacement of seals. */
              hash: string
            }>
            /** Where a location sealed a period again because its clock had been set back. */
            restarts: {
              /** The name of the location where it was done. */
              location: string
              /** When the location noticed, by its clock (UTC). */
              at: string
              /** From when on it sealed again (UTC). */
              from: string
            }[]
            /** The differences, by kind. */
            differences: {
              /** Sealed entries that are missing. */
              removed: {
                /** How many there are. */
                count: number
                /** Up to ten of the entries, each with time and origin. */
                entries: string[]
              }
              /** Entries whose content differs from the seal. */
              changed: {
                /** How many there are. */
                count: number
                /** Up to ten of the entries, each with time and origin. */
                entries: string[]
              }
              /** Entries within a sealed period that the seal does not have. */
              inserted: {
                /** How many there are. */
                count: number
                /** Up to ten of the entries, each with time and origin. */
                entries: string[]
              }
              /** Seals that are missing, were changed, or do not follow from the one before. */
              broken: {
                /** How many there are. */
                count: number
                /** What is wrong with up to ten of the seals. */
                entries: string[]
              }
            }
            /** The `cursor` to continue with; null when finished. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/locations": {
    /** List locations and their state */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "application/json": {
            /** The known locations, by name. */
            items: Schemas["Location"][]
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/locations/{name}": {
    /** Remove a location that was taken down */
    delete: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The known locations, by name. */
            items: Schemas["Location"][]
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/views/rebuild": {
    /** Rebuild the views of this location */
    post: {
      parameters: {
        query?: {
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** How many records were rebuilt. */
            records: number
            /** The `cursor` to continue with; null when finished. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/index/rebuild": {
    /** Rebuild the search index */
    post: {
      parameters: {
        query?: {
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The phase that the request ended in. */
            phase: "fill" | "compare" | "adopt" | "settle" | "sweep"
            /** How many customers or entries were read. */
            read: number
            /** How many entries were put into the new index. */
            filled: number
            /** How many entries were corrected or removed because the list had changed meanwhile. */
            mended: number
            /** The `cursor` to continue with; null when finished. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/index/drift": {
    /** Compare the list with the search index, and repair it */
    post: {
      parameters: {
        query?: {
          cursor?: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** Whether to correct the index where possible. */
          repair?: boolean
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** How many customers of the list were compared with the index. */
            customers: number
            /** How many entries of the index were compared with the list. */
            entries: number
            /** The differences, by kind. */
            differences: {
              /** Customers on the list without an entry in the index. */
              missing: {
                /** How many there are. */
                count: number
                /** Up to ten of the ids. */
                ids: string[]
              }
              /** Entries of an older version than on the list. */
              behind: {
                /** How many there are. */
                count: number
                /** Up to ten of the ids. */
                ids: string[]
              }
              /** Entries of a newer version than on the list. Only a rebuild corrects them. */
              ahead: {
                /** How many there are. */
                count: number
                /** Up to ten of the ids. */
                ids: string[]
              }
              /** Entries of the right version with other content. */
              different: {
                /** How many there are. */
                count: number
                /** Up to ten of the ids. */
                ids: string[]
              }
              /** Entries in the index without a customer on the list. */
              orphan: {
                /** How many there are. */
                count: number
                /** Up to ten of the ids. */
                ids: string[]
              }
            }
            /** How many entries were corrected. */
            repaired: number
            /** Whether entries are newer than the list, which only a rebuild corrects. */
            needs_rebuild: boolean
            /** The `cursor` to continue with; null when finished. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/buy": {
    /** Store a purchase */
    post: {
      parameters: {
        header?: {
          "Idempotency-Key"?: string
        }
      }
      requestBody: { content: {
        "application/json": Schemas["Buy"]
      } }
      responses: {
        201: { content: {
          "application/json": Schemas["Purchase"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        412: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        422: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/getAllUserBuys/{user}": {
    /** List all purchases of a user */
    get: {
      parameters: {
        path: {
          user: string
        }
        query?: {
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["Purchase"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/purchases": {
    /** List purchases of an interval, with totals */
    get: {
      parameters: {
        query: {
          user: string
          from?: string
          to?: string
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["Purchase"][]
            /** The totals of the purchases of the user in the interval, on whatever page they are, by currency. */
            totals: Schemas["Total"][]
            /** The totals of all purchases of the user, whatever the interval and the page, by currency. */
            overall_totals: Schemas["Total"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/retention": {
    /** Get the retention policy */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "application/json": Schemas["RetentionPolicy"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Set the retention policy */
    put: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** How many days a customer stays after its last change; null for no limit. */
          days: number | null
          /** The days of types that differ from the general number, by type. `null`: customers of the type stay for ever, whatever `days` says. A type that is left out follows `days`. */
          types?: Record<string, number | null>
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["RetentionPolicy"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/retention/runs": {
    /** List purge runs, newest first */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["RetentionRun"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Run the purge */
    post: {
      parameters: {
        query?: {
          cursor?: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** Whether to only count what a run would start. */
          dry_run?: boolean
          /** The policy that a dry run assumes. Default: the one in effect. */
          policy?: {
            /** How many days a customer stays after its last change; null for no limit. */
            days: number | null
            /** The days of types that differ from the general number, by type. `null`: customers of the type stay for ever, whatever `days` says. A type that is left out follows `days`. */
            types?: Record<string, number | null>
          }
          /** Whether a dry run returns the customers who would leave, about a hundred in each response. */
          customers?: boolean
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** An opaque id. */
            id: string
            /** When the run started (UTC). */
            at: string
            /** When the run ended (UTC). */
            ended_at: string
            /** The name of the location where it was done. */
            location: string
            /** The user name of who did it; `public` for callers without a token. */
            actor: string
            /** Whether the run only counted. */
            dry_run: boolean
            /** The retention policy of the run. */
            policy: Schemas["RetentionPolicy"]
            /** Customers whose retention period is over. */
            due: number
            /** Customers that were taken off the list in the first phase. */
            expired: number
            /** Customers that were marked as purged in the second phase. */
            marked: number
            /** Customers whose versions were deleted in the third phase. */
            removed: number
            /** Customers taken back: the policy keeps them now, or the purge was cancelled. */
            returned: number
            /** Customers that are due but still exist, by reason. */
            kept: {
              /** Customers that are due but held. */
              held: number
              /** Customers that are due but merged with one that is not. */
              merged: number
              /** Customers that stay because they were changed meanwhile. */
              changed: number
              /** Customers in a phase that a location has not acknowledged. */
              unheard: number
              /** Customers in a phase whose waiting time has not passed. */
              waiting: number
            }
            /** The names of the locations that have not acknowledged a phase. */
            waiting_for: string[]
            /** Whether everything was examined; false if the time was up. */
            finished: boolean
            /** The customers who are due and not held, if a dry run asked for them. */
            customers: Schemas["Customer"][]
            /** The `cursor` to continue with; null when finished. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/retention/runs/{id}/cancel": {
    /** Cancel a purge run */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["CancelledRun"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/holds": {
    /** List held customers */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["HeldCustomer"][]
            /** The `cursor` of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers/{id}/hold": {
    /** Hold a customer: exempt it from purges and erasure */
    put: {
      parameters: {
        path: {
          id: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** Why the customer is held. */
          reason: string
          /** The end of the hold (ISO 8601). Default: the hold ends when it is released. */
          until?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["Hold"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** End a hold */
    delete: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["Hold"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/customers/{id}/erase": {
    /** Erase a customer permanently, at all locations */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["ErasureCertificate"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/retention/verify": {
    /** Verify a certificate of erasure */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The certificate, as `eraseCustomer` returned it. */
          certificate: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** Whether the signature is valid. */
            valid: boolean
            /** The content of the certificate; null if it is not valid. */
            erasure: {
              /** The ids of the erased customers: the requested one and all merged with it. */
              ids: string[]
              /** When the customer was erased (UTC). */
              erased_at: string
              /** The name of the location where it was done. */
              location: string
              /** What existed before the erasure and was deleted. */
              removed: {
                /** How many versions were deleted. */
                versions: number
                /** How many decisions about duplicates were deleted. */
                decisions: number
                /** How many pairs of the review queue were deleted. */
                pairs: number
                /** How many open conflicts were deleted. */
                disputes: number
                /** How many purchases were deleted. */
                linked: number
                /** From how many versions of other customers values were removed that they had copied from an erased one in a merge, before the two were split. */
                copies?: number
              }
              /** When this location was read back (UTC). */
              read_at: string
              /** What was left at this location when it was read back. */
              found: {
                /** How many rows the registry still has. */
                registry: number
                /** How many rows the views still have. */
                views: number
                /** How many of the customers the search index still has; null if it was unreachable. */
                index: number | null
                /** How many of the customers still have content in the audit log. */
                audit: number
                /** How many purchases of the customers are left. */
                linked: number
                /** How many versions still contain values that another customer copied from an erased one in a merge, before the two were split. */
                copies?: number
              }
              /** The progress of the erasure at each known location. */
              locations: ({
                /** The name of the location. */
                name: string
                /** When nothing was left in the tables of the location (UTC); null if it has not reported that. */
                acknowledged_at: string | null
              })[]
              /** The names of the locations that have not completed the erasure. */
              pending: string[]
              /** Until when the streams of the tables may contain the erased data in the cloud (UTC). On one machine, it is removed from them at once. */
              streams_until?: string
              /** Until when backups may contain the erased data (UTC). A restored backup erases it again before use. */
              backups_until: string
            } | null
          }
        } }
        400: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/users": {
    /** List users, by name */
    get: {
      parameters: {
        query?: {
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["UserList"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Create a user */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The name to log in with, which the audit log shows. */
          username: string
          /** The role of the user. */
          role: "agent" | "provider"
        }
      } }
      responses: {
        201: { content: {
          "application/json": Schemas["UserWithPassword"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/users/{id}": {
    /** Change the role of a user, disable or enable it */
    patch: {
      parameters: {
        path: {
          id: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** The role of the user. */
          role?: "agent" | "provider"
          /** Whether the user is prevented from logging in. */
          disabled?: boolean
        }
      } }
      responses: {
        200: { content: {
          "application/json": Schemas["User"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Remove a user */
    delete: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["User"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
  "/v1/users/{id}/reset-password": {
    /** Replace the password of a user by a one-time password */
    post: {
      parameters: {
        path: {
          id: string
        }
      }
      responses: {
        200: { content: {
          "application/json": Schemas["UserWithPassword"]
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
        431: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
}
