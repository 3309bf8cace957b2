/** Made from contract/ by `npm run generate`: not to be changed by hand. What openapi-fetch calls `paths`. */
export interface Schemas {
  /** The created customer, and similar ones on the list. */
  CreatedCustomer: {
    /** The id. */
    id: string
    /** The type of the customer, such as PERSON or INSTITUTION. */
    type: string
    /** The surname, or the name of an institution. */
    surname: string | null
    /** The given name, with middle names. */
    given_name: string | null
    /** The date of birth: a year, a month or a day (ISO 8601). */
    dob: string | null
    /** The number of an identity document or registration. */
    document_number: string | null
    /** Values of custom fields, by name. */
    details: Record<string, string | number | boolean>
    /** The state. */
    state: "active" | "deleted" | "merged" | "expired"
    /** Of a merged customer: the one that it lives on in */
    merged_into: string | null
    /** Those who were merged into this one */
    absorbed: string[]
    /** Names the version; opaque */
    version: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** Until when it was valid (UTC); null if it still is. */
    valid_to: string | null
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The name of the location. */
    location: string
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** Customers who are probably the same: a warning. null: the search did not answer, so that nobody looked */
    likely_duplicates: Schemas["LikelyDuplicate"][] | null
  }
  /** A customer who is probably the same. */
  LikelyDuplicate: {
    /** The id. */
    id: string
    /** The probability that both are the same, 0 to 1. */
    score: number
    /** The score in words: `certain`, `probable` or `possible`. */
    grade: "certain" | "probable" | "possible" | null
  }
  /** A page of the list. */
  CustomerList: {
    /** The results of this page. */
    items: Schemas["Customer"][]
    /** The cursor of the next page, null on the last */
    next: string | null
    /** With known_at: whether some location has not been heard of since, so that more may come to be known of it */
    provisional: boolean
  }
  /** A customer. */
  Customer: {
    /** The id. */
    id: string
    /** The type of the customer, such as PERSON or INSTITUTION. */
    type: string
    /** The surname, or the name of an institution. */
    surname: string | null
    /** The given name, with middle names. */
    given_name: string | null
    /** The date of birth: a year, a month or a day (ISO 8601). */
    dob: string | null
    /** The number of an identity document or registration. */
    document_number: string | null
    /** Values of custom fields, by name. */
    details: Record<string, string | number | boolean>
    /** The state. */
    state: "active" | "deleted" | "merged" | "expired"
    /** Of a merged customer: the one that it lives on in */
    merged_into: string | null
    /** Those who were merged into this one */
    absorbed: string[]
    /** Names the version; opaque */
    version: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** Until when it was valid (UTC); null if it still is. */
    valid_to: string | null
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The name of the location. */
    location: string
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
  }
  /** A customer, and whether its past may still change. */
  ReadCustomer: {
    /** The id. */
    id: string
    /** The type of the customer, such as PERSON or INSTITUTION. */
    type: string
    /** The surname, or the name of an institution. */
    surname: string | null
    /** The given name, with middle names. */
    given_name: string | null
    /** The date of birth: a year, a month or a day (ISO 8601). */
    dob: string | null
    /** The number of an identity document or registration. */
    document_number: string | null
    /** Values of custom fields, by name. */
    details: Record<string, string | number | boolean>
    /** The state. */
    state: "active" | "deleted" | "merged" | "expired"
    /** Of a merged customer: the one that it lives on in */
    merged_into: string | null
    /** Those who were merged into this one */
    absorbed: string[]
    /** Names the version; opaque */
    version: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** Until when it was valid (UTC); null if it still is. */
    valid_to: string | null
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The name of the location. */
    location: string
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** With known_at: whether some location has not been heard of since, so that more may come to be known of it */
    provisional?: boolean
  }
  /** A version of a customer. */
  HistoryItem: {
    /** The id. */
    id: string
    /** The type of the customer, such as PERSON or INSTITUTION. */
    type: string
    /** The surname, or the name of an institution. */
    surname: string | null
    /** The given name, with middle names. */
    given_name: string | null
    /** The date of birth: a year, a month or a day (ISO 8601). */
    dob: string | null
    /** The number of an identity document or registration. */
    document_number: string | null
    /** Values of custom fields, by name. */
    details: Record<string, string | number | boolean>
    /** The state. */
    state: "active" | "deleted" | "merged" | "expired"
    /** Of a merged customer: the one that it lives on in */
    merged_into: string | null
    /** Those who were merged into this one */
    absorbed: string[]
    /** Names the version; opaque */
    version: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** Until when it was valid (UTC); null if it still is. */
    valid_to: string | null
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The name of the location. */
    location: string
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** The name of the operation or change. */
    action: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire"
    /** The user name of who did it; `public` for anonymous callers. */
    actor: string
    /** A reason or remark, which the history shows. */
    note: string | null
    /** The fields that the version set. */
    sets: string[]
    /** The newest version of each location that the writer had seen. */
    clock: Record<string, string>
    /** Whether the version is part of an open conflict. */
    conflict: boolean
  }
  /** A field of a customer that differs between two times. */
  Difference: {
    /** The id. */
    id: string
    /** The name of the field. */
    field: string
    /** The value at the earlier time; null if there was none. */
    before: string | number | boolean | null
    /** The value at the later time; null if there was none. */
    after: string | number | boolean | null
    /** When it happened (UTC). */
    at: string
    /** The user name of who did it; `public` for anonymous callers. */
    actor: string
  }
  /** A field that two locations set to different values without knowing of each other. */
  Conflict: {
    /** Opaque */
    id: string
    /** What is in conflict: a customer, a field, a decision */
    kind: string
    /** The id of it */
    customer: string
    /** The name of the field. */
    field: string
    /** What holds: the later in the order of versions */
    kept: Schemas["ConflictSide"]
    /** What was said at the same time elsewhere */
    lost: Schemas["ConflictSide"]
  }
  /** One of the two values of a conflict, with its origin. */
  ConflictSide: {
    /** The value. */
    value: string | number | boolean | null
    /** The name of the operation or change. */
    action: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire"
    /** The user name of who did it; `public` for anonymous callers. */
    actor: string
    /** The name of the location. */
    location: string
    /** Since when it is valid (UTC). */
    valid_from: string
    /** When it was recorded (UTC). */
    recorded_at: string
    /** The version. */
    version: string
  }
  /** A customer who is probably the same, with the score and its reasons. */
  Duplicate: {
    /** The id of the customer. */
    customer: Schemas["Customer"]
    /** The probability that both are the same, 0 to 1. */
    score: number
    /** The score in words: `certain`, `probable` or `possible`. */
    grade: "certain" | "probable" | "possible" | null
    /** Why the score is what it is, field by field. */
    reasons: Schemas["Reason"][]
  }
  /** One comparison of a field of the query with a field of the customer. */
  Reason: {
    /** name, dob, document_number or details.NAME */
    field: string
    /** The criteria, or the compared value of the query. */
    query: string
    /** The compared value of the customer. */
    customer: string
    /** How the two agree, for people: exact, spelling, sound, initial, day and month swapped … */
    comparison: string
    /** The similarity of the two values, 0 to 1. */
    similarity: number
    /** What this adds to (or takes from) the evidence, in bits: log2(m/u) */
    weight: number
  }
  /** Two customers who are probably the same. */
  DuplicatePair: {
    /** The two customers, the one with the smaller id first. */
    customers: [Schemas["Customer"], Schemas["Customer"]]
    /** The probability that both are the same, 0 to 1. */
    score: number
    /** The score in words: `certain`, `probable` or `possible`. */
    grade: "certain" | "probable" | "possible" | null
    /** Why the score is what it is, field by field. */
    reasons: Schemas["Reason"][]
  }
  /** A custom field, and how far the search index follows it. */
  FieldInUse: {
    /** The name. */
    name: string
    /** The name to display. */
    label: string
    /** The type of values: text, number, date, boolean or choice. */
    type: "text" | "number" | "date" | "boolean" | "choice"
    /** Of the type `choice`: the values that there are */
    choices: string[] | null
    /** Of the type `text`: what the whole value must match. RE2 syntax; no repetition of what can be read in several ways, such as (a+)+ */
    pattern: string | null
    /** Whoever creates a customer, or states one whole, has to say it */
    required: boolean
    /** Searches look at it */
    searchable: boolean
    /** Whether values are personal (`none`, `personal`, `sensitive`). Agents see sensitive values only in responses about one customer. */
    pii: "none" | "personal" | "sensitive"
    /** The state. */
    state: "requested" | "authorised" | "rejected" | "removed"
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
    /** What the search index still has; null if it was unavailable. */
    index: Schemas["Indexing"]
  }
  /** How far the search index of this location has been updated to the searchable fields. */
  Indexing: {
    /** Whether the index has been updated completely. */
    done: boolean
    /** Customers that were looked at so far */
    customers: number
    /** Of these so many had another entry to get */
    changed: number
  }
  /** A custom field of customers. */
  Field: {
    /** The name. */
    name: string
    /** The name to display. */
    label: string
    /** The type of values: text, number, date, boolean or choice. */
    type: "text" | "number" | "date" | "boolean" | "choice"
    /** Of the type `choice`: the values that there are */
    choices: string[] | null
    /** Of the type `text`: what the whole value must match. RE2 syntax; no repetition of what can be read in several ways, such as (a+)+ */
    pattern: string | null
    /** Whoever creates a customer, or states one whole, has to say it */
    required: boolean
    /** Searches look at it */
    searchable: boolean
    /** Whether values are personal (`none`, `personal`, `sensitive`). Agents see sensitive values only in responses about one customer. */
    pii: "none" | "personal" | "sensitive"
    /** The state. */
    state: "requested" | "authorised" | "rejected" | "removed"
    /** When it was first recorded (UTC). */
    created_at: string
    /** When it was last changed (UTC). */
    updated_at: string
  }
  /** A type of customers. */
  CustomerType: {
    /** The name. */
    name: string
    /** The name to display. */
    label: string
    /** The state. */
    state: "requested" | "authorised" | "rejected" | "removed"
    /** There from the beginning, and for ever */
    built_in: boolean
    /** When it was first recorded (UTC). */
    created_at: string | null
    /** When it was last changed (UTC). */
    updated_at: string | null
  }
  /** A customer who was found, with the score and its reasons. */
  Hit: {
    /** The id of the customer. */
    customer: Schemas["Customer"]
    /** The probability that both are the same, 0 to 1. */
    score: number
    /** The score in words: `certain`, `probable` or `possible`. */
    grade: "certain" | "probable" | "possible" | null
    /** Why the score is what it is, field by field. */
    reasons: Schemas["Reason"][]
  }
  /** The results of a batch. */
  Batch: {
    /** The id. */
    id: string
    /** The name of the source, which identifies its rows together with their ids. */
    source: string
    /** The user name of who did it; `public` for anonymous callers. */
    actor: string
    /** When it happened (UTC). */
    at: string
    /** Where; null of a batch from before that was kept */
    location: string | null
    /** How many rows the batch had. */
    rows: number
    /** How many customers were created. */
    created: number
    /** How many customers were changed. */
    updated: number
    /** How many customers were deleted. */
    deleted: number
    /** How many customers were restored. */
    restored: number
    /** How many rows changed nothing. */
    unchanged: number
    /** How many rows were rejected. */
    refused: number
    /** The results, in the order of the rows or queries. */
    results: Schemas["BatchResult"][]
  }
  /** What became of one row of a batch. */
  BatchResult: {
    /** Counted from 1, without the CSV header */
    row: number
    /** The id. */
    id: string | null
    /** `created`, `updated`, `deleted`, `restored`, `unchanged` or `refused`. */
    outcome: "created" | "updated" | "deleted" | "restored" | "unchanged" | "refused"
    /** Why the row was rejected; null if it was not. */
    problem: string | null
    /** Customers who are probably the same: a warning. null: the search did not answer, so that nobody looked */
    likely_duplicates: Schemas["LikelyDuplicate"][] | null
  }
  /** A page of the audit log. */
  AuditList: {
    /** The results of this page. */
    items: Schemas["AuditEntry"][]
    /** The cursor of the next page, null on the last */
    next: string | null
  }
  /** An entry of the audit log: a change or an access. */
  AuditEntry: {
    /** Opaque */
    id: string
    /** When it happened (UTC). */
    at: string
    /** The user name of who did it; `public` for anonymous callers. */
    actor: string
    /** Of a change what was done (create, update, …), else the operation */
    action: string
    /** `done`, what a lookup answered, or the kind of problem */
    outcome: string
    /** Kind and id of what it was about */
    record: string | null
    /** The name of the location. */
    location: string
    /** The id of the request, which the log has, too. */
    request_id: string | null
    /** How many requests it stands for: refusals that come in masses share entries */
    count: number
    /** Of a change: the fields that it set, as they were. null: erased, or no change */
    before: Record<string, string | number | boolean | null> | null
    /** The same fields, as it set them */
    after: Record<string, string | number | boolean | null> | null
  }
  /** The state of a location, as this one knows it. */
  Location: {
    /** The name. */
    name: string
    /** Whether it was heard of lately */
    up: boolean
    /** When its last heartbeat came */
    heard_at: string | null
    /** How long its rows take to get here */
    replication_lag_ms: number | null
    /** How far its search index is behind its list */
    index_lag_ms: number | null
    /** How many conflicts are open at this location; null if unknown. */
    conflicts: number | null
    /** Differences that its last check of the index found; null: none yet */
    drift: number | null
    /** The last heartbeat that it had of each other location */
    seen: Record<string, string>
  }
  /** A purchase to store. */
  Buy: {
    /** The name of the user. */
    username: string
    /** The buyer's id; a customer's id links the purchase to the customer, with whom it is erased */
    userid: string
    /** An exact decimal: at most 12 digits before the point and 6 after it, no sign, no exponent */
    price: string | number
    /** Absent: the registry's own */
    currency?: string
    /** When it was bought; absent: when it came, and then an Idempotency-Key is required */
    timestamp?: string
  }
  /** A stored purchase. */
  Purchase: {
    /** The id. */
    id: string
    /** The name of the user. */
    username: string
    /** The id of the user, which may be the id of a customer. */
    userid: string
    /** An exact decimal */
    price: string
    /** The currency (ISO 4217). */
    currency: string
    /** When it was bought (ISO 8601). */
    timestamp: string
  }
  /** The total of purchases in one currency. */
  Total: {
    /** The currency (ISO 4217). */
    currency: string
    /** The number. */
    count: number
    /** An exact decimal, without zeros at its end */
    sum: string
  }
  /** How many days customers stay after their last change. */
  RetentionPolicy: {
    /** How many days after the last change a customer leaves; null: never */
    days: number | null
    /** How many for customers of a type, where that is another */
    types: Record<string, number>
  }
  /** The report of a purge run. */
  RetentionRun: {
    /** Opaque */
    id: string
    /** When it happened (UTC). */
    at: string
    /** When the run ended (UTC). */
    ended_at: string
    /** The name of the location. */
    location: string
    /** The user name of who did it; `public` for anonymous callers. */
    actor: string
    /** Whether the run only counted. */
    dry_run: boolean
    /** The retention policy of the run. */
    policy: Schemas["RetentionPolicy"]
    /** Not changed for longer than the policy says */
    due: number
    /** Taken off the list: the first round */
    expired: number
    /** Marked as purged: the second round */
    marked: number
    /** Whose every version went: the third round */
    removed: number
    /** Who is still there, and why */
    kept: {
      /** Due, and held */
      held: number
      /** Due, but one with a customer who is not */
      merged: number
      /** Changed meanwhile, here or elsewhere: they stay */
      changed: number
      /** In a round that a location has not acknowledged */
      unheard: number
      /** In a round whose waiting time has not passed */
      waiting: number
    }
    /** Locations that have not acknowledged a round */
    waiting_for: string[]
    /** false: the time was up before all was looked at */
    finished: boolean
  }
  /** Whether a customer is exempt from purges and erasure. */
  Hold: {
    /** The id. */
    id: string
    /** Whether the customer is held. */
    held: boolean
    /** The reason. */
    reason: string | null
    /** The end of the hold (UTC); null if it has none. */
    until: string | null
  }
  /** What was erased, and what a search afterwards found. */
  ErasureCertificate: {
    /** Who was erased: the customer, and all that were merged with it */
    ids: string[]
    /** When the erasure was requested (UTC). */
    erased_at: string
    /** Where it was asked for */
    location: string
    /** What was there of them then; `linked`: what belongs to a customer elsewhere, as purchases */
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
    }
    /** When this location was read again */
    read_at: string
    /** What that found, by place; null: it did not answer */
    found: {
      /** How many rows the registry still has. */
      registry: number
      /** How many rows the views still have. */
      views: number
      /** What the search index still has; null if it was unavailable. */
      index: number | null
      /** How many entries of the audit log still have content of the customers. */
      audit: number
      /** How many purchases were deleted. */
      linked: number
    }
    /** The state of the erasure at each location. */
    locations: ({
      /** The name. */
      name: string
      /** When nothing was left in its tables; null: not heard of */
      acknowledged_at: string | null
    })[]
    /** Locations that have not said yet that it is gone there */
    pending: string[]
    /** Until when backups hold it; a restore erases it again first */
    backups_until: string
    /** All of this, signed */
    certificate: string
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
    /** The id of the request, which the log has, too. */
    request_id: string
    /** All errors of the request, each with its place; empty if the problem is not about the input. */
    errors: Schemas["Fault"][]
  }
  /** One error of a request. */
  Fault: {
    /** The place of the error: `#/member` in the body, `?name` in the query, `{name}` in the path, otherwise a header. */
    pointer: string
    /** What is wrong, and what to do about it. */
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
            /** The name of the location. */
            location: string
            /** The path of the documentation page. */
            documentation: string
            /** The path of the OpenAPI document. */
            openapi: string
          }
        } }
        400: Responses["problem"]
        429: Responses["problem"]
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
            /** The HTTP status, or `up` and `down`. */
            status: "up" | "down"
            /** The name of the location. */
            location: string
            /** The time of the response (UTC). */
            time: string
            /** The state of the database. */
            database: {
              /** The HTTP status, or `up` and `down`. */
              status: "up" | "down"
              /** Whether both tables are reachable. */
              tables: string[]
            }
            /** The state of the search index. */
            search: {
              /** The HTTP status, or `up` and `down`. */
              status: "up" | "down"
              /** The engine of the search. */
              engine: string
              /** For the provider, where the index is in a managed domain */
              domain?: {
                /** The name of the domain. */
                name: string
                /** The state. */
                state: "active" | "creating" | "changing" | "isolated" | "deleting" | "unknown"
                /** The version of the engine. */
                engine_version: string | null
              }
            }
            /** The optional parts of this deployment. */
            features: string[]
            /** The operations of this API. */
            endpoints: string[]
          }
        } }
        400: Responses["problem"]
        429: Responses["problem"]
        500: Responses["problem"]
        503: { content: {
          "application/json": {
            /** The HTTP status, or `up` and `down`. */
            status: "up" | "down"
            /** The name of the location. */
            location: string
            /** The time of the response (UTC). */
            time: string
            /** The state of the database. */
            database: {
              /** The HTTP status, or `up` and `down`. */
              status: "up" | "down"
              /** Whether both tables are reachable. */
              tables: string[]
            }
            /** The state of the search index. */
            search: {
              /** The HTTP status, or `up` and `down`. */
              status: "up" | "down"
              /** The engine of the search. */
              engine: string
              /** For the provider, where the index is in a managed domain */
              domain?: {
                /** The name of the domain. */
                name: string
                /** The state. */
                state: "active" | "creating" | "changing" | "isolated" | "deleting" | "unknown"
                /** The version of the engine. */
                engine_version: string | null
              }
            }
            /** The optional parts of this deployment. */
            features: string[]
            /** The operations of this API. */
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
          "application/json": string
        } }
        400: Responses["problem"]
        429: Responses["problem"]
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
          "text/plain": string
        } }
        400: Responses["problem"]
        404: Responses["problem"]
        429: Responses["problem"]
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
          /** The name of the user. */
          username: string
          /** The password. */
          password: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The JWT for the `Authorization: Bearer` header. */
            access_token: string
            /** Always `Bearer`. */
            token_type: "Bearer"
            /** The lifetime of the token, in seconds. */
            expires_in: number
          }
        } }
        400: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
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
          /** The type of the customer, such as PERSON or INSTITUTION. */
          type?: string
          /** The surname, or the name of an institution. */
          surname?: string | null
          /** The given name, with middle names. */
          given_name?: string | null
          /** A day, a month or a year */
          dob?: string | null
          /** The number of an identity document or registration. */
          document_number?: string | null
          /** Values of authorised fields, by name; null clears one */
          details?: Record<string, string | number | boolean | null>
          /** When it began to hold, if that is not now; never in the future */
          valid_from?: string
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
          /** Words that must all occur; search (POST) keeps them out of the URL */
          q?: string
          changed_since?: string
          /** As it held at this moment (valid time) */
          as_of?: string
          /** As it was known at this moment (recording time) */
          known_at?: string
          /** Those whose own field has this value: `detail.city=Gent` */
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
          /** As it held at this moment (valid time) */
          as_of?: string
          /** As it was known at this moment (recording time) */
          known_at?: string
          /** true: what was last acknowledged at this location, whatever it costs */
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
          /** The type of the customer, such as PERSON or INSTITUTION. */
          type?: string
          /** The surname, or the name of an institution. */
          surname?: string | null
          /** The given name, with middle names. */
          given_name?: string | null
          /** A day, a month or a year */
          dob?: string | null
          /** The number of an identity document or registration. */
          document_number?: string | null
          /** Values of authorised fields, by name; null clears one */
          details?: Record<string, string | number | boolean | null>
          /** When it began to hold, if that is not now; never in the future */
          valid_from?: string
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
          /** The type of the customer, such as PERSON or INSTITUTION. */
          type?: string
          /** The surname, or the name of an institution. */
          surname?: string | null
          /** The given name, with middle names. */
          given_name?: string | null
          /** A day, a month or a year */
          dob?: string | null
          /** The number of an identity document or registration. */
          document_number?: string | null
          /** Values of authorised fields, by name; null clears one */
          details?: Record<string, string | number | boolean | null>
          /** When it began to hold, if that is not now; never in the future */
          valid_from?: string
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
        422: Responses["problem"]
        429: Responses["problem"]
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
        422: Responses["problem"]
        429: Responses["problem"]
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
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
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
          /** Now, when absent */
          to?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The beginning of the interval (ISO 8601), inclusive. */
            from: string
            /** The end of the interval (ISO 8601), exclusive. */
            to: string
            /** The results of this page. */
            items: Schemas["Difference"][]
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
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
          /** Now, when absent */
          to?: string
          /** Of this customer alone */
          customer?: string
          /** Of this field alone, such as `surname`, `state` or `details.city` */
          field?: string
          limit?: number
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** The beginning of the interval (ISO 8601), inclusive. */
            from: string
            /** The end of the interval (ISO 8601), exclusive. */
            to: string
            /** The results of this page. */
            items: Schemas["Difference"][]
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
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
            /** The cursor of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
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
          /** confirm what holds, or put what was lost in its place */
          decision: "confirm" | "reverse"
          /** A reason or remark, which the history shows. */
          note?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** Opaque */
            id: string
            /** What is in conflict: a customer, a field, a decision */
            kind: string
            /** The id of it */
            customer: string
            /** The name of the field. */
            field: string
            /** What holds: the later in the order of versions */
            kept: Schemas["ConflictSide"]
            /** What was said at the same time elsewhere */
            lost: Schemas["ConflictSide"]
            /** confirm what holds, or put what was lost in its place */
            decision: "confirm" | "reverse"
            /** The version that says so */
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
            /** The results of this page. */
            items: Schemas["Duplicate"][]
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        410: Responses["problem"]
        429: Responses["problem"]
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
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Decide whether two customers are the same */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** The ids of the two customers. */
          ids: [string, string]
          /** same: they are merged, and the one of the lesser id lives on */
          decision: "same" | "different"
          /** A reason or remark, which the history shows. */
          note?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The decision. */
            decision: "same" | "different"
            /** A reason or remark, which the history shows. */
            note: string | null
            /** The one that lives on, or the two that differ */
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
          /** The name. */
          name: string
          /** What people call it; the name, when absent */
          label?: string
          /** The type of values: text, number, date, boolean or choice. */
          type: "text" | "number" | "date" | "boolean" | "choice"
          /** Of the type `choice`: the values that there are */
          choices?: string[] | null
          /** Of the type `text`: what the whole value must match. RE2 syntax; no repetition of what can be read in several ways, such as (a+)+ */
          pattern?: string | null
          /** Whoever creates a customer, or states one whole, has to say it */
          required?: boolean
          /** Searches look at it */
          searchable?: boolean
          /** Whether values are personal (`none`, `personal`, `sensitive`). Agents see sensitive values only in responses about one customer. */
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
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
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
          /** Fixed once the field was authorised */
          type?: "text" | "number" | "date" | "boolean" | "choice"
          /** Of the type `choice`: the values that there are */
          choices?: string[] | null
          /** Of the type `text`: what the whole value must match. RE2 syntax; no repetition of what can be read in several ways, such as (a+)+ */
          pattern?: string | null
          /** Whoever creates a customer, or states one whole, has to say it */
          required?: boolean
          /** Searches look at it */
          searchable?: boolean
          /** Whether values are personal (`none`, `personal`, `sensitive`). Agents see sensitive values only in responses about one customer. */
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
          /** The name. */
          name: string
          /** What people call it; the name, when absent */
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
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
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
          /** Words to find: names, dates, numbers, in any order. */
          q: string
          /** `fuzzy` ranks similar customers; `exact` requires every word. */
          mode?: "fuzzy" | "exact"
          /** The maximum number of results on a page. */
          limit?: number
          /** The least score that is a hit */
          threshold?: number
          /** The type of the customer, such as PERSON or INSTITUTION. */
          type?: string
          /** Those alone who have these values; of fields that are not sensitive */
          details?: Record<string, string | number | boolean>
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The results of this page. */
            items: Schemas["Hit"][]
            /** The lowest score of a result. */
            threshold: number
            /** Whether the search index was unavailable, so that only whole names and numbers were found. */
            degraded: boolean
            /** The engine of the search. */
            engine: string
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
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
          /** The criteria, up to 100. */
          queries: ({
            /** The surname, or the name of an institution. */
            surname?: string | null
            /** The given name, with middle names. */
            given_name?: string | null
            /** The date of birth: a year, a month or a day (ISO 8601). */
            dob?: string | null
            /** The number of an identity document or registration. */
            document_number?: string | null
            /** Values of custom fields, by name. */
            details?: Record<string, string | number | boolean> | null
          })[]
          /** The least score that is a hit */
          threshold?: number
          /** The maximum number of results on a page. */
          limit?: number
          /** true: with reasons */
          explain?: boolean
          /** Ids already cleared */
          exclude?: string[]
          /** The type of the customer, such as PERSON or INSTITUTION. */
          type?: string
          /** As the list was at this moment (valid time), as known now */
          as_of?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** The results, in the order of the rows or queries. */
            results: ({
              /** The criteria, or the compared value of the query. */
              query: {
                /** The surname, or the name of an institution. */
                surname?: string | null
                /** The given name, with middle names. */
                given_name?: string | null
                /** The date of birth: a year, a month or a day (ISO 8601). */
                dob?: string | null
                /** The number of an identity document or registration. */
                document_number?: string | null
                /** Values of custom fields, by name. */
                details?: Record<string, string | number | boolean> | null
              }
              /** The results of this page. */
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
          /** The date of birth: a year, a month or a day (ISO 8601). */
          dob?: string | null
          /** The number of an identity document or registration. */
          document_number?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** `listed`, `possible` or `not_listed`. */
            answer: "listed" | "possible" | "not_listed"
            /** What the answer means and what to do next */
            explanation: string
            /** The initials of the stated names, if somebody similar is listed; null otherwise */
            initials: string | null
            /** Signed: the answer, when and where it was given, and from which list */
            receipt: string
          }
        } }
        400: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
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
          /** The receipt, as lookup returned it. */
          receipt: string
          /** The criteria that the receipt is claimed to be for */
          details?: {
            /** The surname, or the name of an institution. */
            surname?: string | null
            /** The given name, with middle names. */
            given_name?: string | null
            /** The date of birth: a year, a month or a day (ISO 8601). */
            dob?: string | null
            /** The number of an identity document or registration. */
            document_number?: string | null
          }
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** Whether it is genuine. */
            valid: boolean
            /** Whether the receipt is for the stated details; null if none were stated */
            matches: boolean | null
            /** `listed`, `possible` or `not_listed`. */
            answer: "listed" | "possible" | "not_listed" | null
            /** When it happened (UTC). */
            at: string | null
            /** The name of the location. */
            location: string | null
            /** The list that it was answered from: read with this `known_at`, at that location */
            known_at: string | null
          }
        } }
        400: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
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
          /** Who says so: keys are unique within a source */
          source: string
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
          /** From this moment on */
          from?: string
          /** Before this moment */
          to?: string
          actor?: string
          action?: string
          customer?: string
          location?: string
          outcome?: string
          /** Which come first */
          order?: "newest" | "oldest"
          /** In place of the Accept header */
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
          /** From this day on (UTC) */
          from?: string
          /** Up to this day, itself among them */
          to?: string
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** Add up the counts of all pages: a long day may be on several */
            items: {
              /** The day (UTC). */
              day: string
              /** The user name of who did it; `public` for anonymous callers. */
              actor: string
              /** The name of the operation or change. */
              action: string
              /** The name of the location. */
              location: string
              /** The number. */
              count: number
            }[]
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
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
          /** `next` of the answer before; absent: from the beginning */
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** How many seals were verified. */
            seals: number
            /** Entries that were compared with what was sealed */
            entries: number
            /** By location: up to when it has sealed, and the hash of its last seal. Keep it, to know it again */
            sealed: Record<string, {
              /** The end of the interval (ISO 8601), exclusive. */
              to: string
              /** The hash of the last seal. */
              hash: string
            }>
            /** The differences, by kind. */
            differences: {
              /** Sealed, and neither there nor lawfully removed */
              removed: {
                /** The number. */
                count: number
                /** When and what, of a few */
                entries: string[]
              }
              /** Not as they were sealed */
              changed: {
                /** The number. */
                count: number
                /** When and what, of a few */
                entries: string[]
              }
              /** Within a time that was sealed without them */
              inserted: {
                /** The number. */
                count: number
                /** When and what, of a few */
                entries: string[]
              }
              /** Seals that were changed themselves, or do not follow one another */
              broken: {
                /** The number. */
                count: number
                /** When and what, of a few */
                entries: string[]
              }
            }
            /** The cursor to go on with; null: it is finished */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
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
            /** The results of this page. */
            items: Schemas["Location"][]
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
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
            /** The results of this page. */
            items: Schemas["Location"][]
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
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
          /** `next` of the answer before; absent: from the beginning */
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** Records that were made anew; one whose versions lie apart counts again */
            records: number
            /** The cursor to go on with; null: it is finished */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
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
          /** `next` of the answer before; absent: from the beginning */
          cursor?: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
            /** Where this request ended */
            phase: "fill" | "compare" | "adopt" | "settle" | "sweep"
            /** Customers that were read */
            read: number
            /** Entries that were put into the new index */
            filled: number
            /** Entries that were put again, since they had changed meanwhile */
            mended: number
            /** The cursor to go on with; null: it is finished */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        429: Responses["problem"]
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
          /** `next` of the answer before; absent: from the beginning */
          cursor?: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** true: puts right what can be put right */
          repair?: boolean
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** Customers of the list that were looked for in the index */
            customers: number
            /** Entries of the index that were looked for in the list */
            entries: number
            /** The differences, by kind. */
            differences: {
              /** On the list, not in the index */
              missing: {
                /** The number. */
                count: number
                /** Some of the ids. */
                ids: string[]
              }
              /** In the index as they were before */
              behind: {
                /** The number. */
                count: number
                /** Some of the ids. */
                ids: string[]
              }
              /** In the index as of a version that the list does not have */
              ahead: {
                /** The number. */
                count: number
                /** Some of the ids. */
                ids: string[]
              }
              /** In the index as of the right version, but otherwise */
              different: {
                /** The number. */
                count: number
                /** Some of the ids. */
                ids: string[]
              }
              /** In the index, not on the list */
              orphan: {
                /** The number. */
                count: number
                /** Some of the ids. */
                ids: string[]
              }
            }
            /** How many differences were repaired. */
            repaired: number
            /** Some are ahead: only an index made anew puts them right */
            needs_rebuild: boolean
            /** The cursor to go on with; null: it is finished */
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
          /** The buyer's id; a customer's id links the purchase to the customer, with whom it is erased */
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
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        404: Responses["problem"]
        429: Responses["problem"]
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
          /** The buyer's id; a customer's id links the purchase to the customer, with whom it is erased */
          user: string
          /** Bought then or later */
          from?: string
          /** Bought before */
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
            /** All that the user ever bought, whatever the page and the interval, by currency */
            totals: Schemas["Total"][]
            /** The cursor of the next page, null on the last */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
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
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Set the retention policy */
    put: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          /** How many days after the last change a customer leaves; null: never */
          days: number | null
          /** How many for customers of a type, where that is another */
          types?: Record<string, number>
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
            /** The cursor of the next page; null on the last one. */
            next: string | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        429: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
    /** Run the purge */
    post: {
      parameters: {
        query?: {
          /** `next` of the answer before; absent: from the beginning */
          cursor?: string
        }
      }
      requestBody: { content: {
        "application/json": {
          /** true: says what a run would begin, and does nothing */
          dry_run?: boolean
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** Opaque */
            id: string
            /** When it happened (UTC). */
            at: string
            /** When the run ended (UTC). */
            ended_at: string
            /** The name of the location. */
            location: string
            /** The user name of who did it; `public` for anonymous callers. */
            actor: string
            /** Whether the run only counted. */
            dry_run: boolean
            /** The retention policy of the run. */
            policy: Schemas["RetentionPolicy"]
            /** Not changed for longer than the policy says */
            due: number
            /** Taken off the list: the first round */
            expired: number
            /** Marked as purged: the second round */
            marked: number
            /** Whose every version went: the third round */
            removed: number
            /** Who is still there, and why */
            kept: {
              /** Due, and held */
              held: number
              /** Due, but one with a customer who is not */
              merged: number
              /** Changed meanwhile, here or elsewhere: they stay */
              changed: number
              /** In a round that a location has not acknowledged */
              unheard: number
              /** In a round whose waiting time has not passed */
              waiting: number
            }
            /** Locations that have not acknowledged a round */
            waiting_for: string[]
            /** false: the time was up before all was looked at */
            finished: boolean
            /** The cursor to go on with; null: it is finished */
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
          /** The reason. */
          reason: string
          /** When it ends by itself; absent or null: when it is ended */
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
          /** The certificate, as erasure returned it. */
          certificate: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            /** Whether it is genuine. */
            valid: boolean
            /** What it says; null: it is none of this registry */
            erasure: {
              /** Who was erased: the customer, and all that were merged with it */
              ids: string[]
              /** When the erasure was requested (UTC). */
              erased_at: string
              /** Where it was asked for */
              location: string
              /** What was there of them then; `linked`: what belongs to a customer elsewhere, as purchases */
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
              }
              /** When this location was read again */
              read_at: string
              /** What that found, by place; null: it did not answer */
              found: {
                /** How many rows the registry still has. */
                registry: number
                /** How many rows the views still have. */
                views: number
                /** What the search index still has; null if it was unavailable. */
                index: number | null
                /** How many entries of the audit log still have content of the customers. */
                audit: number
                /** How many purchases were deleted. */
                linked: number
              }
              /** The state of the erasure at each location. */
              locations: ({
                /** The name. */
                name: string
                /** When nothing was left in its tables; null: not heard of */
                acknowledged_at: string | null
              })[]
              /** Locations that have not said yet that it is gone there */
              pending: string[]
              /** Until when backups hold it; a restore erases it again first */
              backups_until: string
            } | null
          }
        } }
        400: Responses["problem"]
        401: Responses["problem"]
        403: Responses["problem"]
        409: Responses["problem"]
        413: Responses["problem"]
        415: Responses["problem"]
        429: Responses["problem"]
        500: Responses["problem"]
        503: Responses["problem"]
      }
    }
  }
}
