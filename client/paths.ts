/** Made from contract/ by `npm run generate`: not to be changed by hand. What openapi-fetch calls `paths`. */
export interface Schemas {
  CreatedCustomer: {
    id: string
    type: string
    surname: string | null
    given_name: string | null
    dob: string | null
    document_number: string | null
    details: Record<string, string | number | boolean>
    state: "active" | "deleted" | "merged" | "expired"
    /** Of a merged customer: the one that it lives on in */
    merged_into: string | null
    /** Those who were merged into this one */
    absorbed: string[]
    /** Names the version; opaque */
    version: string
    valid_from: string
    valid_to: string | null
    recorded_at: string
    location: string
    created_at: string
    updated_at: string
    /** Customers who are probably the same: a warning. null: the search did not answer, so that nobody looked */
    likely_duplicates: Schemas["LikelyDuplicate"][] | null
  }
  LikelyDuplicate: {
    id: string
    score: number
    grade: "certain" | "probable" | "possible" | null
  }
  CustomerList: {
    items: Schemas["Customer"][]
    /** The cursor of the next page, null on the last */
    next: string | null
    /** With known_at: whether some location has not been heard of since, so that more may come to be known of it */
    provisional: boolean
  }
  Customer: {
    id: string
    type: string
    surname: string | null
    given_name: string | null
    dob: string | null
    document_number: string | null
    details: Record<string, string | number | boolean>
    state: "active" | "deleted" | "merged" | "expired"
    /** Of a merged customer: the one that it lives on in */
    merged_into: string | null
    /** Those who were merged into this one */
    absorbed: string[]
    /** Names the version; opaque */
    version: string
    valid_from: string
    valid_to: string | null
    recorded_at: string
    location: string
    created_at: string
    updated_at: string
  }
  ReadCustomer: {
    id: string
    type: string
    surname: string | null
    given_name: string | null
    dob: string | null
    document_number: string | null
    details: Record<string, string | number | boolean>
    state: "active" | "deleted" | "merged" | "expired"
    /** Of a merged customer: the one that it lives on in */
    merged_into: string | null
    /** Those who were merged into this one */
    absorbed: string[]
    /** Names the version; opaque */
    version: string
    valid_from: string
    valid_to: string | null
    recorded_at: string
    location: string
    created_at: string
    updated_at: string
    /** With known_at: whether some location has not been heard of since, so that more may come to be known of it */
    provisional?: boolean
  }
  HistoryItem: {
    id: string
    type: string
    surname: string | null
    given_name: string | null
    dob: string | null
    document_number: string | null
    details: Record<string, string | number | boolean>
    state: "active" | "deleted" | "merged" | "expired"
    /** Of a merged customer: the one that it lives on in */
    merged_into: string | null
    /** Those who were merged into this one */
    absorbed: string[]
    /** Names the version; opaque */
    version: string
    valid_from: string
    valid_to: string | null
    recorded_at: string
    location: string
    created_at: string
    updated_at: string
    action: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire"
    actor: string
    note: string | null
    sets: string[]
    clock: Record<string, string>
    conflict: boolean
  }
  Difference: {
    id: string
    field: string
    before: string | number | boolean | null
    after: string | number | boolean | null
    at: string
    actor: string
  }
  Conflict: {
    /** Opaque */
    id: string
    /** What is in conflict: a customer, a field, a decision */
    kind: string
    /** The id of it */
    customer: string
    field: string
    /** What holds: the later in the order of versions */
    kept: Schemas["ConflictSide"]
    /** What was said at the same time elsewhere */
    lost: Schemas["ConflictSide"]
  }
  ConflictSide: {
    value: string | number | boolean | null
    action: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire"
    actor: string
    location: string
    valid_from: string
    recorded_at: string
    version: string
  }
  Duplicate: {
    customer: Schemas["Customer"]
    score: number
    grade: "certain" | "probable" | "possible" | null
    reasons: Schemas["Reason"][]
  }
  Reason: {
    /** name, dob, document_number or details.NAME */
    field: string
    query: string
    customer: string
    /** How the two agree, for people: exact, spelling, sound, initial, day and month swapped … */
    comparison: string
    similarity: number
    /** What this adds to (or takes from) the evidence, in bits: log2(m/u) */
    weight: number
  }
  DuplicatePair: {
    customers: [Schemas["Customer"], Schemas["Customer"]]
    score: number
    grade: "certain" | "probable" | "possible" | null
    reasons: Schemas["Reason"][]
  }
  FieldInUse: {
    name: string
    label: string
    type: "text" | "number" | "date" | "boolean" | "choice"
    /** Of the type `choice`: the values that there are */
    choices: string[] | null
    /** Of the type `text`: what the whole value must match. RE2 syntax; no repetition of what can be read in several ways, such as (a+)+ */
    pattern: string | null
    /** Whoever creates a customer, or states one whole, has to say it */
    required: boolean
    /** Searches look at it */
    searchable: boolean
    pii: "none" | "personal" | "sensitive"
    state: "requested" | "authorised" | "rejected" | "removed"
    created_at: string
    updated_at: string
    index: Schemas["Indexing"]
  }
  Indexing: {
    done: boolean
    /** Customers that were looked at so far */
    customers: number
    /** Of these so many had another entry to get */
    changed: number
  }
  Field: {
    name: string
    label: string
    type: "text" | "number" | "date" | "boolean" | "choice"
    /** Of the type `choice`: the values that there are */
    choices: string[] | null
    /** Of the type `text`: what the whole value must match. RE2 syntax; no repetition of what can be read in several ways, such as (a+)+ */
    pattern: string | null
    /** Whoever creates a customer, or states one whole, has to say it */
    required: boolean
    /** Searches look at it */
    searchable: boolean
    pii: "none" | "personal" | "sensitive"
    state: "requested" | "authorised" | "rejected" | "removed"
    created_at: string
    updated_at: string
  }
  CustomerType: {
    name: string
    label: string
    state: "requested" | "authorised" | "rejected" | "removed"
    /** There from the beginning, and for ever */
    built_in: boolean
    created_at: string | null
    updated_at: string | null
  }
  Hit: {
    customer: Schemas["Customer"]
    score: number
    grade: "certain" | "probable" | "possible" | null
    reasons: Schemas["Reason"][]
  }
  Batch: {
    id: string
    source: string
    actor: string
    at: string
    /** Where; null of a batch from before that was kept */
    location: string | null
    rows: number
    created: number
    updated: number
    deleted: number
    restored: number
    unchanged: number
    refused: number
    results: Schemas["BatchResult"][]
  }
  BatchResult: {
    /** Counted from 1, without the CSV header */
    row: number
    id: string | null
    outcome: "created" | "updated" | "deleted" | "restored" | "unchanged" | "refused"
    problem: string | null
    /** Customers who are probably the same: a warning. null: the search did not answer, so that nobody looked */
    likely_duplicates: Schemas["LikelyDuplicate"][] | null
  }
  AuditList: {
    items: Schemas["AuditEntry"][]
    /** The cursor of the next page, null on the last */
    next: string | null
  }
  AuditEntry: {
    /** Opaque */
    id: string
    at: string
    actor: string
    /** Of a change what was done (create, update, …), else the operation */
    action: string
    /** `done`, what a lookup answered, or the kind of problem */
    outcome: string
    /** Kind and id of what it was about */
    record: string | null
    location: string
    request_id: string | null
    /** How many requests it stands for: refusals that come in masses share entries */
    count: number
    /** Of a change: the fields that it set, as they were. null: erased, or no change */
    before: Record<string, string | number | boolean | null> | null
    /** The same fields, as it set them */
    after: Record<string, string | number | boolean | null> | null
  }
  Location: {
    name: string
    /** Whether it was heard of lately */
    up: boolean
    /** When its last heartbeat came */
    heard_at: string | null
    /** How long its rows take to get here */
    replication_lag_ms: number | null
    /** How far its search index is behind its list */
    index_lag_ms: number | null
    conflicts: number | null
    /** Differences that its last check of the index found; null: none yet */
    drift: number | null
    /** The last heartbeat that it had of each other location */
    seen: Record<string, string>
  }
  Buy: {
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
  Purchase: {
    id: string
    username: string
    userid: string
    /** An exact decimal */
    price: string
    currency: string
    timestamp: string
  }
  Total: {
    currency: string
    count: number
    /** An exact decimal, without zeros at its end */
    sum: string
  }
  RetentionPolicy: {
    /** How many days after the last change a customer leaves; null: never */
    days: number | null
    /** How many for customers of a type, where that is another */
    types: Record<string, number>
  }
  RetentionRun: {
    /** Opaque */
    id: string
    at: string
    ended_at: string
    location: string
    actor: string
    dry_run: boolean
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
  Hold: {
    id: string
    held: boolean
    reason: string | null
    until: string | null
  }
  ErasureCertificate: {
    /** Who was erased: the customer, and all that were merged with it */
    ids: string[]
    erased_at: string
    /** Where it was asked for */
    location: string
    /** What was there of them then; `linked`: what belongs to a customer elsewhere, as purchases */
    removed: {
      versions: number
      decisions: number
      pairs: number
      disputes: number
      linked: number
    }
    /** When this location was read again */
    read_at: string
    /** What that found, by place; null: it did not answer */
    found: {
      registry: number
      views: number
      index: number | null
      audit: number
      linked: number
    }
    locations: ({
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
  Problem: {
    type: string
    title: string
    status: number
    detail: string
    instance: string
    request_id: string
    errors: Schemas["Fault"][]
  }
  Fault: {
    pointer: string
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
    /** What this API is */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "application/json": {
            name: string
            description: string
            version: string
            location: string
            documentation: string
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
    /** Whether the process answers */
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
    /** Whether what it stands on answers: database, search; for the provider with the state of its search domain */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "application/json": {
            status: "up" | "down"
            location: string
            time: string
            database: {
              status: "up" | "down"
              tables: string[]
            }
            search: {
              status: "up" | "down"
              engine: string
              /** For the provider, where the index is in a managed domain */
              domain?: {
                name: string
                state: "active" | "creating" | "changing" | "isolated" | "deleting" | "unknown"
                engine_version: string | null
              }
            }
            features: string[]
            endpoints: string[]
          }
        } }
        400: Responses["problem"]
        429: Responses["problem"]
        500: Responses["problem"]
        503: { content: {
          "application/json": {
            status: "up" | "down"
            location: string
            time: string
            database: {
              status: "up" | "down"
              tables: string[]
            }
            search: {
              status: "up" | "down"
              engine: string
              /** For the provider, where the index is in a managed domain */
              domain?: {
                name: string
                state: "active" | "creating" | "changing" | "isolated" | "deleting" | "unknown"
                engine_version: string | null
              }
            }
            features: string[]
            endpoints: string[]
          }
        } }
      }
    }
  }
  "/openapi.json": {
    /** This API as an OpenAPI 3.1 document */
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
    /** This API as a page */
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
    /** A file of that page */
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
          username: string
          password: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            access_token: string
            token_type: "Bearer"
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
    /** Put a customer on the list */
    post: {
      parameters: {
        header?: {
          "Idempotency-Key"?: string
        }
      }
      requestBody: { content: {
        "application/json": {
          type?: string
          surname?: string | null
          given_name?: string | null
          /** A day, a month or a year */
          dob?: string | null
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
    /** The list, page by page, now or at another time; `detail.NAME=VALUE` filters by a field of its own */
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
    /** One customer, now or at another time */
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
    /** Change the stated fields */
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
          type?: string
          surname?: string | null
          given_name?: string | null
          /** A day, a month or a year */
          dob?: string | null
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
    /** State the whole customer: what is not said is cleared */
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
          type?: string
          surname?: string | null
          given_name?: string | null
          /** A day, a month or a year */
          dob?: string | null
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
    /** Take a customer off the list; the history stays */
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
    /** Put a deleted customer back */
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
    /** Every version, newest first */
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
    /** What differs between two moments, by field */
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
            from: string
            to: string
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
    /** What differs on the list between two moments, by customer and field */
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
            from: string
            to: string
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
    /** What two locations said differently of one field while neither knew of the other */
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
            items: Schemas["Conflict"][]
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
    /** Confirm what holds, or put what was lost in its place */
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
    /** Who else on the list is probably the same customer, likeliest first */
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
    /** Take a merged customer out again of the one that it lives on in */
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
    /** Pairs of customers to be reviewed, likeliest (when they were found) first */
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
    /** Say that two customers are the same, which merges them, or that they differ */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          ids: [string, string]
          /** same: they are merged, and the one of the lesser id lives on */
          decision: "same" | "different"
          note?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            decision: "same" | "different"
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
    /** Ask for a field of customers; the provider authorises it */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          name: string
          /** What people call it; the name, when absent */
          label?: string
          type: "text" | "number" | "date" | "boolean" | "choice"
          /** Of the type `choice`: the values that there are */
          choices?: string[] | null
          /** Of the type `text`: what the whole value must match. RE2 syntax; no repetition of what can be read in several ways, such as (a+)+ */
          pattern?: string | null
          /** Whoever creates a customer, or states one whole, has to say it */
          required?: boolean
          /** Searches look at it */
          searchable?: boolean
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
    /** The fields, by name, whatever became of them */
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
    /** A field, and how far the search index follows it */
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
    /** Change what a field is; values that are there stay as they are */
    patch: {
      parameters: {
        path: {
          name: string
        }
      }
      requestBody: { content: {
        "application/json": {
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
    /** Take a field away: its values are hidden, not lost */
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
    /** Let values of a field be stated; of one that was removed they are there again */
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
    /** Say no to a request */
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
    /** Ask for a type of customers; the provider authorises it */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
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
    /** The types, by name, whatever became of them */
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
    /** A type */
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
    /** Change what a type is called */
    patch: {
      parameters: {
        path: {
          name: string
        }
      }
      requestBody: { content: {
        "application/json": {
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
    /** Take a type away that no customer has */
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
    /** Let customers be of a type */
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
    /** Say no to a request */
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
    /** Find customers by words: names, dates, numbers, in any order and spelling */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          q: string
          mode?: "fuzzy" | "exact"
          limit?: number
          /** The least score that is a hit */
          threshold?: number
          type?: string
          /** Those alone who have these values; of fields that are not sensitive */
          details?: Record<string, string | number | boolean>
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            items: Schemas["Hit"][]
            threshold: number
            degraded: boolean
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
    /** Find customers by example, up to 100 at once */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          queries: ({
            surname?: string | null
            given_name?: string | null
            dob?: string | null
            document_number?: string | null
            details?: Record<string, string | number | boolean> | null
          })[]
          /** The least score that is a hit */
          threshold?: number
          limit?: number
          /** true: with reasons */
          explain?: boolean
          /** Ids already cleared */
          exclude?: string[]
          type?: string
          /** As the list was at this moment (valid time), as known now */
          as_of?: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            results: ({
              query: {
                surname?: string | null
                given_name?: string | null
                dob?: string | null
                document_number?: string | null
                details?: Record<string, string | number | boolean> | null
              }
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
    /** Whether you, or somebody like you, is listed */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          surname?: string | null
          given_name?: string | null
          dob?: string | null
          document_number?: string | null
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            answer: "listed" | "possible" | "not_listed"
            resemblances: ({
              initials: string
              birth_year: string | null
              grade: "certain" | "probable" | "possible"
            })[]
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
    /** Whether a receipt is one of this list, and what it says */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          receipt: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            valid: boolean
            answer: "listed" | "possible" | "not_listed" | null
            at: string | null
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
    /** Take in up to 500 rows; the same rows again change nothing */
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
    /** What became of a batch */
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
    /** Every transaction, a page at a time; an agent sees their own. As JSON, CSV or NDJSON (Accept) */
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
    /** How many transactions by day, actor, action and location */
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
              day: string
              actor: string
              action: string
              location: string
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
    /** Compares what is there with what the locations sealed, a few seconds of it a request: ask again with `next` */
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
            seals: number
            /** Entries that were compared with what was sealed */
            entries: number
            /** By location: up to when it has sealed, and the hash of its last seal. Keep it, to know it again */
            sealed: Record<string, {
              to: string
              hash: string
            }>
            differences: {
              /** Sealed, and neither there nor lawfully removed */
              removed: {
                count: number
                /** When and what, of a few */
                entries: string[]
              }
              /** Not as they were sealed */
              changed: {
                count: number
                /** When and what, of a few */
                entries: string[]
              }
              /** Within a time that was sealed without them */
              inserted: {
                count: number
                /** When and what, of a few */
                entries: string[]
              }
              /** Seals that were changed themselves, or do not follow one another */
              broken: {
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
    /** The locations as this one knows them: whether they were heard of, how far behind, what is in conflict */
    get: {
      parameters: {}
      responses: {
        200: { content: {
          "application/json": {
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
    /** Take a location off that was taken down for good, so that nothing waits for it any more */
    delete: {
      parameters: {
        path: {
          name: string
        }
      }
      responses: {
        200: { content: {
          "application/json": {
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
    /** Make this location's views anew from the registry, a few seconds of it a request */
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
    /** Make the search index anew, a few seconds of it a request: ask again with `next` until that is null */
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
    /** What differs between the list and the search index, part by part; and, if asked, put it right */
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
            differences: {
              /** On the list, not in the index */
              missing: {
                count: number
                ids: string[]
              }
              /** In the index as they were before */
              behind: {
                count: number
                ids: string[]
              }
              /** In the index as of a version that the list does not have */
              ahead: {
                count: number
                ids: string[]
              }
              /** In the index as of the right version, but otherwise */
              different: {
                count: number
                ids: string[]
              }
              /** In the index, not on the list */
              orphan: {
                count: number
                ids: string[]
              }
            }
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
    /** Store a purchase; the same again is stored once */
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
    /** All that a user (userid) bought: everything that was acknowledged here, in the order of ids */
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
    /** What a user bought in an interval, newest first, and what it comes to; a moment after it was stored */
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
    /** How long customers stay after their last change */
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
    /** Say how long customers stay after their last change */
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
    /** What the runs of the purge found and did, newest first */
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
            items: Schemas["RetentionRun"][]
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
    /** Run the purge, a few seconds of it a request: ask again with `next` until that is null */
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
            at: string
            ended_at: string
            location: string
            actor: string
            dry_run: boolean
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
    /** Keep a customer from being purged or erased */
    put: {
      parameters: {
        path: {
          id: string
        }
      }
      requestBody: { content: {
        "application/json": {
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
    /** Erase a customer everywhere and for good; again: how far that has come */
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
    /** Whether a certificate of an erasure is genuine, and what it says */
    post: {
      parameters: {}
      requestBody: { content: {
        "application/json": {
          certificate: string
        }
      } }
      responses: {
        200: { content: {
          "application/json": {
            valid: boolean
            /** What it says; null: it is none of this registry */
            erasure: {
              /** Who was erased: the customer, and all that were merged with it */
              ids: string[]
              erased_at: string
              /** Where it was asked for */
              location: string
              /** What was there of them then; `linked`: what belongs to a customer elsewhere, as purchases */
              removed: {
                versions: number
                decisions: number
                pairs: number
                disputes: number
                linked: number
              }
              /** When this location was read again */
              read_at: string
              /** What that found, by place; null: it did not answer */
              found: {
                registry: number
                views: number
                index: number | null
                audit: number
                linked: number
              }
              locations: ({
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
