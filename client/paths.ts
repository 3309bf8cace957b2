/** Made from contract/ by `npm run generate`: not to be changed by hand. */
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Describe this API
         * @description Returns the name and version of this API, the location that answered, and the paths of its documentation. Use it to check which location a client has reached. It needs no token.
         */
        get: operations["information"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether the process runs
         * @description Returns 200 while the process runs. It reads neither the database nor the search index: use `/ping` to check these. It needs no token.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether database and search index are reachable
         * @description Checks whether the database and the search index are reachable. The status is 200 if both are; otherwise, and while a location starts, it is 503, with the same body, which says why. Callers with a provider token also get the state of the managed search domain, if there is one. It needs no token.
         */
        get: operations["ping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this API as an OpenAPI 3.1 document
         * @description Returns this document. It is generated from the same definitions that validate requests. It needs no token.
         */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read this API as a web page
         * @description Returns an HTML page that displays this document and can send requests. For operations that require a token, get one with `createToken` and enter it on the page. It needs no token.
         */
        get: operations["docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a file of the documentation page
         * @description Returns a script or the stylesheet of the documentation page. Browsers may cache it for a day. It needs no token.
         */
        get: operations["docsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tell who the caller is, and what they may do
         * @description Returns the user of the token, their role, the location that answered, and the operations that the role permits. A user interface shows what these allow. It requires the role agent or provider.
         */
        get: operations["describeCaller"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in with a name and a password
         * @description Checks a user name and a password and returns an access token for the `Authorization: Bearer` header. A wrong name and a wrong password get the same response (401). Log in again when the token expires (`expires_in`, in seconds). A one-time password must be replaced by `new_password` in the same request, and any other password can be. The response is 404 if this deployment does not issue tokens. It needs no token. All callers together may send 5 requests per second, and 10 at once.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List customers, now or at another time
         * @description Returns customers page by page, in an order that changes do not affect, so that no page skips or repeats a customer. `as_of` and `known_at` read a past list. With `sort`, only the changed customers move: one whose surname changes meanwhile may be on two pages or on none. A sorted list is read from the search index (503 if it is unreachable). `q` combines only with `type`, `sort` and custom fields; `changed_since` and `sort` combine neither with each other nor with a past time (400). A page may be empty although more follow: continue until `next` is null. It requires the role agent or provider.
         */
        get: operations["listCustomers"];
        put?: never;
        /**
         * Create a customer
         * @description Creates a customer. At least one of `surname`, `given_name` and `document_number` is required, and so is every required custom field. `likely_duplicates` warns of similar customers but does not prevent the creation. With an `Idempotency-Key`, the same request returns the same customer, without a time limit. It requires the role agent or provider.
         */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/count": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the customers of the list
         * @description Returns how many customers are in a state and of a type. The search index counts them without reading the list, so the number is approximate: it is behind by the lag of the index. The response is 503 if the index is unreachable. It requires the role agent or provider.
         */
        get: operations["countCustomers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a customer, now or at another time
         * @description Returns one customer, now or at a past time. Deleted and merged customers are returned with their `state`. The `ETag` header, and the member `etag`, identify the current state for `If-Match`; past states have none. A customer that was not listed at the given time is 404, and an erased one is 410. It requires the role agent or provider.
         */
        get: operations["getCustomer"];
        /**
         * Replace a customer: fields that are not stated are cleared
         * @description Replaces all fields of a customer: fields that are not stated are cleared, except `type`. Required custom fields must be stated. Values of custom fields that are not authorised stay. A deleted or merged customer cannot be changed (409). It requires the role agent or provider.
         */
        put: operations["putCustomer"];
        post?: never;
        /**
         * Delete a customer from the list; the history stays
         * @description Takes a customer off the list. The history stays, and the customer can be restored; `eraseCustomer` deletes permanently. Deleting a deleted customer changes nothing. A merged customer must be split first (409). It requires the role agent or provider.
         */
        delete: operations["deleteCustomer"];
        options?: never;
        head?: never;
        /**
         * Change stated fields of a customer
         * @description Changes the stated fields: null clears a field, and all others keep their values. Concurrent changes of different fields are all kept, and a request that changes nothing writes no version. With `valid_from` the change is back-dated, and later changes stay in effect. A deleted or merged customer cannot be changed (409). It requires the role agent or provider.
         */
        patch: operations["patchCustomer"];
        trace?: never;
    };
    "/v1/customers/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore a deleted customer
         * @description Puts a deleted customer back on the list with the values that it had. Restoring an active customer changes nothing. A merged customer must be split instead (409). It requires the role agent or provider.
         */
        post: operations["restoreCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all versions of a customer, newest first
         * @description Returns the versions of a customer page by page, the latest effective date first. Each version states what was changed, by whom, when and where, and since when it is valid. An erased customer is 410. It requires the role agent or provider.
         */
        get: operations["customerHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare a customer at two times
         * @description Compares the states of a customer at two times and returns the fields that differ, in one response. Each difference names the change that last set the field. It requires the role agent or provider.
         */
        get: operations["customerDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare the list at two times
         * @description Compares the list at two times and returns the fields that differ, by customer, page by page. The cost depends on the number of changes between the two times, not on the size of the list. A change appears shortly after it was made. The differences of a customer are on one page, which may therefore exceed `limit`. It requires the role agent or provider.
         */
        get: operations["diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conflicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List conflicting changes of two locations
         * @description Returns the open conflicts at this location, by record, page by page. A conflict is a field that two locations set to different values without knowing of each other. One of the two values is in effect at all locations. It requires the role provider.
         */
        get: operations["listConflicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conflicts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve a conflict
         * @description Resolves a conflict by a new version, which restates the value in effect or restores the other one. The history keeps both, and each location removes the conflict when the version arrives. A conflict that was resolved before is 404. A lost merge cannot be restored (409): use `decideDuplicate`. It requires the role provider.
         */
        post: operations["settleConflict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List likely duplicates of a customer, likeliest first
         * @description Compares a customer with similar ones on the list and returns those that are probably the same, highest score first, with reasons. A merged customer counts as its survivor. Pairs that were decided to differ are left out. It needs the search index (503 if that is unreachable). It requires the role agent or provider.
         */
        get: operations["customerDuplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/split": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Split a merged customer
         * @description Undoes a merge in one transaction: the customer is listed again, and the survivor loses the values that it copied and that have not changed since. The two are recorded as different. The response is 409 if the customer is not merged, or if the survivor would keep neither a name nor a document number. It requires the role agent or provider.
         */
        post: operations["splitCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List pairs to review, likeliest first
         * @description Returns the review queue of this location page by page, highest score first: pairs of customers that are probably the same. Pairs are scored again when they are read; those that were decided, deleted or changed leave the queue. A page may be short although more follow: continue until `next` is null. It requires the role agent or provider.
         */
        get: operations["listDuplicates"];
        put?: never;
        /**
         * Decide whether two customers are the same
         * @description Decides that two customers are the same or differ. `same` merges them in one transaction: the one with the smaller id survives and copies values that it lacks. `different` keeps the pair out of the queue until the type, name, date of birth or document number of either changes. Repeating a decision changes nothing. With `dry_run`, the response shows the customers as they would be, and nothing is written. It requires the role agent or provider.
         */
        post: operations["decideDuplicate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List custom fields, in any state
         * @description Returns custom fields by name, page by page. Rejected and removed fields are included unless `state` is set. It requires the role agent or provider.
         */
        get: operations["listFields"];
        put?: never;
        /**
         * Request a custom field
         * @description Requests a custom field of customers, which can have values once the provider has authorised it. Repeating the request changes nothing. Another definition of an existing name is 409, and so is a request beyond the maximum number of fields. It requires the role agent or provider.
         */
        post: operations["requestField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a custom field
         * @description Returns a custom field as last changed at this location, and how far the search index has been updated to the current fields. It requires the role agent or provider.
         */
        get: operations["getField"];
        put?: never;
        post?: never;
        /**
         * Remove a custom field: its values are hidden, not deleted
         * @description Hides the values of an authorised field at once, and refuses new ones. Nothing is deleted: authorising the field again shows the values. A field in another state is 409. It requires the role provider.
         */
        delete: operations["removeField"];
        options?: never;
        head?: never;
        /**
         * Change the definition of a custom field
         * @description Changes the stated members of the definition. Existing values stay even if they do not meet it. The type cannot be changed once the field was authorised (409). Members that contradict each other, such as choices of a number, are 400. It requires the role provider.
         */
        patch: operations["patchField"];
        trace?: never;
    };
    "/v1/fields/{name}/authorise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Authorise a custom field
         * @description Allows customers to have values of a requested, rejected or removed field. From then on its type is fixed. An incomplete definition is 400, and a field in another state is 409. It requires the role provider.
         */
        post: operations["authoriseField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fields/{name}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a requested custom field
         * @description Rejects a requested field. It can still be authorised later. A field in another state is 409. It requires the role provider.
         */
        post: operations["rejectField"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List types of customers, in any state
         * @description Returns types page by page: the built-in ones first, then the others by name. Rejected and removed types are included unless `state` is set. It requires the role agent or provider.
         */
        get: operations["listTypes"];
        put?: never;
        /**
         * Request a type of customers
         * @description Requests a type of customers besides the built-in ones, which can be used once the provider has authorised it. Repeating the request changes nothing. Another label of an existing name is 409, and so is a request beyond the maximum number of types. It requires the role agent or provider.
         */
        post: operations["requestType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/types/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a type of customers
         * @description Returns a type, built-in or not, with its label and state. An unknown type is 404. It requires the role agent or provider.
         */
        get: operations["getType"];
        put?: never;
        post?: never;
        /**
         * Remove an unused type
         * @description Removes an authorised type that no customer has. Deleted customers count, because they can be restored; the 409 response states the number. A built-in type cannot be removed (409). It requires the role provider.
         */
        delete: operations["removeType"];
        options?: never;
        head?: never;
        /**
         * Change the label of a type
         * @description Changes the label of a type. A built-in type cannot be changed (409). It requires the role provider.
         */
        patch: operations["patchType"];
        trace?: never;
    };
    "/v1/types/{name}/authorise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Authorise a type
         * @description Allows customers to have a requested, rejected or removed type. A built-in type, and a type in another state, are 409. It requires the role provider.
         */
        post: operations["authoriseType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/types/{name}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a requested type
         * @description Rejects a requested type. It can still be authorised later. A type in another state is 409. It requires the role provider.
         */
        post: operations["rejectType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search customers by words in any order and spelling
         * @description Finds customers by free text, by fields, or by both, highest score first. `fuzzy` accepts misspellings, other scripts, any word order and names that are still being typed; `exact` requires every word, or its beginning (from two letters) or a part of a name (from three). The other fields restrict the hits; one of them is enough. If no customer reaches the default threshold, up to five below it are returned (`below_threshold`). Pages lead to the first 1,000 hits; a page may have fewer hits than `limit` although more follow: continue until `next` is null. Each page is ranked again, so customers who change meanwhile may move. The text is in the body, so that no name appears in a URL. If the search index is unreachable, `exact` finds only complete names and numbers (`degraded`), and `fuzzy` is 503. It requires the role agent or provider.
         */
        post: operations["search"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Match up to 100 sets of criteria
         * @description Finds customers by structured criteria, for example to screen a list of names. Each of up to 100 queries gets its own hits, highest score first. `as_of` matches the list as it was at that time, as known now. More than 600 words in all names, or a large `limit` with many queries, is 400. It needs the search index (503). It requires the role agent or provider.
         */
        post: operations["match"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check whether you, or someone similar, is listed
         * @description Tells anyone whether they are listed, without showing who is. `listed`: the full name and the full date of birth agree exactly with a customer, or the document number with the surname or the full date of birth; case, accents, word order and script do not matter. `possible`: somebody has a similar name or this document number; a wrong or partial date never changes this. Lookups are limited per network and day (429), and so are the different dates and numbers that are compared for one name. It needs no token. All callers together may send 20 requests per second, and 40 at once.
         */
        post: operations["lookup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/lookup/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify the receipt of a lookup
         * @description Checks the signature of a receipt and returns the answer that it records. With `details`, it also states whether the receipt is for these criteria. An altered receipt gets 200 with `valid` false. Verifications are limited per network and day (429). It needs no token. All callers together may send 20 requests per second, and 40 at once.
         */
        post: operations["verifyLookup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ingest up to 500 rows
         * @description Ingests up to 500 rows of a source, as NDJSON or CSV. A row is identified by its source and its `id`: sent again, it changes nothing, even if agents have corrected the customer since. Invalid rows are rejected with a reason, and the others are ingested. CSV has a header of field names with `details.NAME` for custom fields; an empty cell clears the field. With an `Idempotency-Key`, an interrupted batch continues when it is sent again. It requires the role agent or provider. All callers together may send 20 requests per second, and 40 at once.
         */
        post: operations["createBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the results of a batch
         * @description Returns the results of a batch as `createBatch` returned them. They are kept without a time limit. A batch of another location is 404 until it has been replicated. It requires the role agent or provider.
         */
        get: operations["getBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit entries, as JSON, CSV or NDJSON
         * @description Returns the audit log page by page: changes and accesses, with who, when, where and what. Agents get only their own entries; asking for another `actor` is 403. `format` or the `Accept` header selects JSON, CSV or NDJSON; the next page of CSV and NDJSON is in the `Link` header. `shown` finds the accesses that showed a customer, and `asked` those that asked for a name, also public lookups. A page may be short although more follow. It requires the role agent or provider.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count audit entries by day, actor, action and location
         * @description Counts the entries of the audit log by day, actor, action and location. A long period takes several pages, and a day may be on more than one: add up their counts. It requires the role provider.
         */
        get: operations["auditSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify the audit log against its seals
         * @description Compares the audit log at this location with the seals of all locations, and reports entries that were removed, changed or inserted. Purges and erasures are not reported. Each request works for a few seconds: repeat it with `next` as `cursor` until `next` is null. Each response covers only what its request examined. It requires the role provider.
         */
        post: operations["verifyAudit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List locations and their state
         * @description Returns all known locations as seen from this one, by name: whether they are up, how far replication and search index are behind, and how many conflicts are open. What other locations report comes with their heartbeats. It requires the role provider.
         */
        get: operations["listLocations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reachability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List locations and whether they are reachable
         * @description Returns the names of all known locations as seen from this one, and whether each is up. `listLocations` says more, to the provider. It requires the role agent or provider.
         */
        get: operations["listReachability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/locations/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a location that was taken down
         * @description Removes a location that was taken down permanently, so that purges and erasures no longer wait for it. Its data stays, and its next heartbeat would add it again. The response is 409 for a location that is up, and for the location that is called. It requires the role provider.
         */
        delete: operations["removeLocation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count what waits for a decision
         * @description Returns how many requested fields and types, records with open conflicts and pairs of likely duplicates wait for a decision at this location. Each is counted up to 100, so that a request costs the same however much waits. Of the purge it returns the report of the last run, which says how many customers are due, and how many runs failed since the last that did not. The numbers are approximate: a pair counts until the review queue is read, even if one of its customers has changed meanwhile. It requires the role provider.
         */
        get: operations["countPending"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/views/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild the views of this location
         * @description Rebuilds the current rows, the change log and the purchase totals of this location from the registry. Reads and writes may continue. Each request works for a few seconds: repeat it with `next` as `cursor` until `next` is null. It requires the role provider.
         */
        post: operations["rebuildViews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/index/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rebuild the search index
         * @description Builds a new search index of this location beside the one in use, and replaces it. Searches and writes may continue. Each request works for a few seconds: repeat it with `next` as `cursor` until `next` is null. The response is 503 if another rebuild was started meanwhile. It requires the role provider.
         */
        post: operations["rebuildIndex"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/index/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Compare the list with the search index, and repair it
         * @description Compares the list with the search index of this location and, with `repair`, corrects the index. Entries that are newer than the list cannot be corrected: rebuild the index then. Each request works for a few seconds: repeat it with `next` as `cursor` until `next` is null. It requires the role provider.
         */
        post: operations["indexDrift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/buy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store a purchase
         * @description Stores a purchase; 201 means that it is stored. The same values, or the same `Idempotency-Key` with the same values, are stored once, however price and time are written. The key is required if there is no `timestamp`. A purchase of an erased customer is 410. Members of the body that are not described are ignored. It requires the role agent or provider.
         */
        post: operations["buy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getAllUserBuys/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all purchases of a user
         * @description Returns all purchases of a user by purchase id, page by page. The user is a `userid`, or a `username`: then the list has the purchases of all users who bought under that name, user by user. A purchase appears as soon as it is stored at this location. The list of a customer includes the purchases of customers merged into it. An unknown user gets an empty page. It requires the role agent or provider.
         */
        get: operations["listUserBuys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/purchases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List purchases of an interval, with totals
         * @description Returns the purchases of a user in an interval, newest first, page by page, with the totals of the interval and of all purchases of the user. List and totals of a customer include the purchases of customers merged into it. A purchase appears shortly after it was stored; `listUserBuys` returns it at once. An unknown user gets an empty page. It requires the role agent or provider.
         */
        get: operations["listPurchases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the retention policy
         * @description Returns how many days customers stay after their last change, in general and by type. Until the provider sets a policy, it is the configured one. It requires the role provider.
         */
        get: operations["getRetention"];
        /**
         * Set the retention policy
         * @description Replaces the whole policy: types that are not stated follow the general number of days. It takes effect with the next purge run. Repeating the request changes nothing. An unknown type is 400. It requires the role provider.
         */
        put: operations["putRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/retention/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List purge runs, newest first
         * @description Returns the reports of purge runs, newest first, page by page. Dry runs, and scheduled runs that found nothing, have no report; a run that failed has one. It requires the role provider.
         */
        get: operations["listRetentionRuns"];
        put?: never;
        /**
         * Run the purge
         * @description Runs the purge: customers whose retention period is over expire, are marked as purged and are deleted. Before each next phase every location must acknowledge the last one, and a waiting time must pass. Until their deletion, any change, a hold or `restoreCustomer` takes customers back, and so does a policy that does not remove them any more. With `dry_run` it only counts, also by a `policy` that is not in effect, and with `customers` it returns who would leave, page by page. Each request works for a few seconds: repeat it with `next` as `cursor` until `next` is null. One location runs purges; at others the response is 409 and names it. It requires the role provider.
         */
        post: operations["runRetention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/retention/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a purge run
         * @description Takes back the customers whom this run expired or marked, as long as their deletion has not begun; their retention period starts again. What one request has no time for, the next run does. If nothing is left to cancel, or at a location that does not run purges, the response is 409. It requires the role provider.
         */
        post: operations["cancelRetentionRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List held customers
         * @description Returns the customers who are held now, page by page: first those whose holds end, the next end first; then the others. A hold appears a moment after it was set. Holds that have ended are not listed. It requires the role provider.
         */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Hold a customer: exempt it from purges and erasure
         * @description Exempts a customer from purges and erasure, for example during a legal dispute, until a date or until the hold is released. It replaces an earlier hold; repeating the request changes nothing. The retention period continues to run. A customer whose retention period has ended is taken back until it is deleted. It requires the role provider.
         */
        put: operations["holdCustomer"];
        post?: never;
        /**
         * End a hold
         * @description Ends the hold of a customer, so that purges and erasure apply again. It does not restart the retention period. A customer without a hold is 404. It requires the role provider.
         */
        delete: operations["releaseCustomer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a customer permanently, at all locations
         * @description Deletes a customer permanently from every location, with its history, its purchases, and all customers merged with it. The response is a signed certificate of what was deleted. Repeat the request to see which locations have completed the erasure. A held customer is 409. It requires the role provider.
         */
        post: operations["eraseCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/retention/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify a certificate of erasure
         * @description Checks the signature of a certificate of erasure and returns its content. Anyone who has a certificate may verify it. An altered certificate gets 200 with `valid` false. It needs no token. All callers together may send 20 requests per second, and 40 at once.
         */
        post: operations["verifyCertificate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users, by name
         * @description Returns who may log in, by name, page by page. It requires the role provider.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description Creates a user with a one-time password, which only this response contains. The user replaces it at the first login, by `createToken` with `new_password`. A name that is taken is 409. It requires the role provider.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a user
         * @description Removes a user, whose tokens end as after `patchUser`. The audit log keeps the user's name. You cannot remove yourself or the last provider (409). It requires the role provider.
         */
        delete: operations["removeUser"];
        options?: never;
        head?: never;
        /**
         * Change the role of a user, disable or enable it
         * @description Changes the role of a user, or disables or enables it. A disabled user cannot log in. The user's tokens end at once on one machine; in the cloud they stay valid for up to 20 minutes. You cannot disable or demote yourself or the last provider (409). It requires the role provider.
         */
        patch: operations["patchUser"];
        trace?: never;
    };
    "/v1/users/{id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the password of a user by a one-time password
         * @description Replaces a user's password by a one-time password, which only this response contains. The user's tokens end as after `patchUser`. It requires the role provider.
         */
        post: operations["resetUserPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/end-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all sessions of the caller
         * @description Ends all sessions of the caller, on every device, for example after a device was lost. Tokens end as after `patchUser`; the password stays. The response is 404 if this deployment does not manage the caller. It requires the role agent or provider.
         */
        post: operations["endOwnSessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The created customer, with a warning of similar ones. */
        CreatedCustomer: {
            /**
             * Format: uuid
             * @description The id of the customer.
             */
            id: string;
            /** @description The type of the customer, such as PERSON or INSTITUTION. */
            type: string;
            /** @description The surname, or the name of an institution. */
            surname: string | null;
            /** @description The given name, with middle names. */
            given_name: string | null;
            /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
            dob: string | null;
            /** @description The number of an identity document or registration. */
            document_number: string | null;
            /** @description Values of custom fields by name. */
            details: {
                [key: string]: string | number | boolean;
            };
            /**
             * @description Whether the customer is on the list (`active`), and why not otherwise.
             * @enum {string}
             */
            state: "active" | "deleted" | "merged" | "expired";
            /** @description The id of the customer that this one was merged into; null if it is not merged. */
            merged_into: string | null;
            /** @description The ids of the customers that were merged into this one. */
            absorbed: string[];
            /** @description The opaque id of the version. */
            version: string;
            /**
             * Format: date-time
             * @description Since when it is valid (UTC).
             */
            valid_from: string;
            /** @description Until when it was valid (UTC); null if it still is. */
            valid_to: string | null;
            /**
             * Format: date-time
             * @description When it was recorded (UTC).
             */
            recorded_at: string;
            /** @description The name of the location where it was done. */
            location: string;
            /**
             * Format: date-time
             * @description When it was first recorded (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed (UTC).
             */
            updated_at: string;
            /**
             * @description Whether the date of birth is approximate. In a request, only beside `dob`.
             * @default false
             */
            dob_approximate: boolean;
            /**
             * @description The ETag of the current state, for `If-Match`; null in past states.
             * @default null
             */
            etag: string | null;
            /** @description Up to three customers that are probably the same; null if the search index was unreachable. */
            likely_duplicates: components["schemas"]["LikelyDuplicate"][] | null;
        };
        /** @description A customer that is probably the same. */
        LikelyDuplicate: {
            /**
             * Format: uuid
             * @description The id of the customer.
             */
            id: string;
            /** @description The probability that both are the same, 0 to 1. */
            score: number;
            /** @description The score in words; null if it is below the calibrated threshold. */
            grade: ("certain" | "probable" | "possible") | null;
            /**
             * @description The customer; null if they are no longer listed.
             * @default null
             */
            customer: components["schemas"]["Customer"] | null;
            /**
             * @description The comparisons that the score is made of.
             * @default []
             */
            reasons: components["schemas"]["Reason"][];
        };
        /** @description A customer at one time. */
        Customer: {
            /**
             * Format: uuid
             * @description The id of the customer.
             */
            id: string;
            /** @description The type of the customer, such as PERSON or INSTITUTION. */
            type: string;
            /** @description The surname, or the name of an institution. */
            surname: string | null;
            /** @description The given name, with middle names. */
            given_name: string | null;
            /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
            dob: string | null;
            /** @description The number of an identity document or registration. */
            document_number: string | null;
            /** @description Values of custom fields by name. */
            details: {
                [key: string]: string | number | boolean;
            };
            /**
             * @description Whether the customer is on the list (`active`), and why not otherwise.
             * @enum {string}
             */
            state: "active" | "deleted" | "merged" | "expired";
            /** @description The id of the customer that this one was merged into; null if it is not merged. */
            merged_into: string | null;
            /** @description The ids of the customers that were merged into this one. */
            absorbed: string[];
            /** @description The opaque id of the version. */
            version: string;
            /**
             * Format: date-time
             * @description Since when it is valid (UTC).
             */
            valid_from: string;
            /** @description Until when it was valid (UTC); null if it still is. */
            valid_to: string | null;
            /**
             * Format: date-time
             * @description When it was recorded (UTC).
             */
            recorded_at: string;
            /** @description The name of the location where it was done. */
            location: string;
            /**
             * Format: date-time
             * @description When it was first recorded (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed (UTC).
             */
            updated_at: string;
            /**
             * @description Whether the date of birth is approximate. In a request, only beside `dob`.
             * @default false
             */
            dob_approximate: boolean;
            /**
             * @description The ETag of the current state, for `If-Match`; null in past states.
             * @default null
             */
            etag: string | null;
        };
        /** @description One comparison of a field of the query with a field of the customer. */
        Reason: {
            /** @description The name of the field; a custom field is `details.NAME`. */
            field: string;
            /** @description The compared value of the query. */
            query: string;
            /** @description The compared value of the customer. */
            customer: string;
            /** @description How the two values agree, for display, such as exact, spelling, sound or initial. */
            comparison: string;
            /** @description The similarity of the two values, 0 to 1. */
            similarity: number;
            /** @description What the comparison adds to the evidence, in bits: log2(m/u). Negative if it speaks against. */
            weight: number;
        };
        /** @description A page of the list. */
        CustomerList: {
            /** @description The results of this page. */
            items: components["schemas"]["Customer"][];
            /** @description The `cursor` of the next page; null on the last one. */
            next: string | null;
            /** @description Whether a location has not reported since `known_at`, so that more may become known about that time. */
            provisional: boolean;
        };
        /** @description A customer at one time, whether more may become known about that time, and its hold. */
        ReadCustomer: {
            /**
             * Format: uuid
             * @description The id of the customer.
             */
            id: string;
            /** @description The type of the customer, such as PERSON or INSTITUTION. */
            type: string;
            /** @description The surname, or the name of an institution. */
            surname: string | null;
            /** @description The given name, with middle names. */
            given_name: string | null;
            /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
            dob: string | null;
            /** @description The number of an identity document or registration. */
            document_number: string | null;
            /** @description Values of custom fields by name. */
            details: {
                [key: string]: string | number | boolean;
            };
            /**
             * @description Whether the customer is on the list (`active`), and why not otherwise.
             * @enum {string}
             */
            state: "active" | "deleted" | "merged" | "expired";
            /** @description The id of the customer that this one was merged into; null if it is not merged. */
            merged_into: string | null;
            /** @description The ids of the customers that were merged into this one. */
            absorbed: string[];
            /** @description The opaque id of the version. */
            version: string;
            /**
             * Format: date-time
             * @description Since when it is valid (UTC).
             */
            valid_from: string;
            /** @description Until when it was valid (UTC); null if it still is. */
            valid_to: string | null;
            /**
             * Format: date-time
             * @description When it was recorded (UTC).
             */
            recorded_at: string;
            /** @description The name of the location where it was done. */
            location: string;
            /**
             * Format: date-time
             * @description When it was first recorded (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed (UTC).
             */
            updated_at: string;
            /**
             * @description Whether the date of birth is approximate. In a request, only beside `dob`.
             * @default false
             */
            dob_approximate: boolean;
            /**
             * @description The ETag of the current state, for `If-Match`; null in past states.
             * @default null
             */
            etag: string | null;
            /** @description Whether a location has not reported since `known_at`, so that more may become known about that time. */
            provisional?: boolean;
            /** @description The hold; null if the customer is not held. Only the provider gets it. */
            hold?: {
                /** @description Why the customer is held; null if it is not. */
                reason: string;
                /** @description The end of the hold (UTC); null if it has none. */
                until: string | null;
            } | null;
        };
        /** @description A version of a customer: the state after a change, and the change. */
        HistoryItem: {
            /**
             * Format: uuid
             * @description The id of the customer.
             */
            id: string;
            /** @description The type of the customer, such as PERSON or INSTITUTION. */
            type: string;
            /** @description The surname, or the name of an institution. */
            surname: string | null;
            /** @description The given name, with middle names. */
            given_name: string | null;
            /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
            dob: string | null;
            /** @description The number of an identity document or registration. */
            document_number: string | null;
            /** @description Values of custom fields by name. */
            details: {
                [key: string]: string | number | boolean;
            };
            /**
             * @description Whether the customer is on the list (`active`), and why not otherwise.
             * @enum {string}
             */
            state: "active" | "deleted" | "merged" | "expired";
            /** @description The id of the customer that this one was merged into; null if it is not merged. */
            merged_into: string | null;
            /** @description The ids of the customers that were merged into this one. */
            absorbed: string[];
            /** @description The opaque id of the version. */
            version: string;
            /**
             * Format: date-time
             * @description Since when it is valid (UTC).
             */
            valid_from: string;
            /** @description Until when it was valid (UTC); null if it still is. */
            valid_to: string | null;
            /**
             * Format: date-time
             * @description When it was recorded (UTC).
             */
            recorded_at: string;
            /** @description The name of the location where it was done. */
            location: string;
            /**
             * Format: date-time
             * @description When it was first recorded (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed (UTC).
             */
            updated_at: string;
            /**
             * @description Whether the date of birth is approximate. In a request, only beside `dob`.
             * @default false
             */
            dob_approximate: boolean;
            /**
             * @description The ETag of the current state, for `If-Match`; null in past states.
             * @default null
             */
            etag: string | null;
            /**
             * @description What was done to the record.
             * @enum {string}
             */
            action: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire";
            /** @description The user name of who did it; `public` for callers without a token. */
            actor: string;
            /** @description A reason or remark; null if there is none. */
            note: string | null;
            /** @description The names of the fields that the version set. */
            sets: string[];
            /** @description The version vector: when the latest version that the writer knew was recorded, by location. */
            clock: {
                [key: string]: string;
            };
            /** @description Whether another version sets a field to a different value without either writer knowing of the other. */
            conflict: boolean;
        };
        /** @description A field of a customer that differs between two times. */
        Difference: {
            /**
             * Format: uuid
             * @description The id of the customer.
             */
            id: string;
            /** @description The name of the field; a custom field is `details.NAME`. */
            field: string;
            /** @description The value at the earlier time; null if there was none. */
            before: string | number | boolean | null;
            /** @description The value at the later time; null if there was none. */
            after: string | number | boolean | null;
            /**
             * Format: date-time
             * @description Since when the value is valid (UTC).
             */
            at: string;
            /** @description The user name of who did it; `public` for callers without a token. */
            actor: string;
        };
        /** @description A field that two locations set to different values without knowing of each other. */
        Conflict: {
            /** @description An opaque id. */
            id: string;
            /** @description The kind of the record: customer, field, type, policy or decision. */
            kind: string;
            /** @description The id of the record, whatever its `kind`. */
            customer: string;
            /** @description The name of the field; a custom field is `details.NAME`. */
            field: string;
            /** @description The value in effect. */
            kept: components["schemas"]["ConflictSide"];
            /** @description The other value, set at the same time elsewhere. */
            lost: components["schemas"]["ConflictSide"];
        };
        /** @description One of the two values of a conflict, with its origin. */
        ConflictSide: {
            /** @description The value; null if the version cleared the field. */
            value: string | number | boolean | null;
            /**
             * @description What was done to the record.
             * @enum {string}
             */
            action: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire";
            /** @description The user name of who did it; `public` for callers without a token. */
            actor: string;
            /** @description The name of the location where it was done. */
            location: string;
            /**
             * Format: date-time
             * @description Since when it is valid (UTC).
             */
            valid_from: string;
            /**
             * Format: date-time
             * @description When it was recorded (UTC).
             */
            recorded_at: string;
            /** @description The opaque id of the version. */
            version: string;
        };
        /** @description A customer that is probably the same, with the score and its reasons. */
        Duplicate: {
            /** @description The customer. */
            customer: components["schemas"]["Customer"];
            /** @description The probability that both are the same, 0 to 1. */
            score: number;
            /** @description The score in words; null if it is below the calibrated threshold. */
            grade: ("certain" | "probable" | "possible") | null;
            /** @description The comparisons that the score is made of. */
            reasons: components["schemas"]["Reason"][];
        };
        /** @description Two customers that are probably the same. */
        DuplicatePair: {
            /** @description The two customers, the one with the smaller id first. */
            customers: [
                components["schemas"]["Customer"],
                components["schemas"]["Customer"]
            ];
            /** @description The probability that both are the same, 0 to 1. */
            score: number;
            /** @description The score in words; null if it is below the calibrated threshold. */
            grade: ("certain" | "probable" | "possible") | null;
            /** @description The comparisons that the score is made of. */
            reasons: components["schemas"]["Reason"][];
        };
        /** @description A custom field, and how far the search index has been updated to the current fields. */
        FieldInUse: {
            /** @description The name of the field. */
            name: string;
            /** @description The name to display. */
            label: string;
            /**
             * @description The type of the values.
             * @enum {string}
             */
            type: "text" | "number" | "date" | "boolean" | "choice" | "phone" | "email";
            /**
             * @description The allowed values of a field of the type `choice`; null for other types.
             * @default null
             */
            choices: string[] | null;
            /**
             * @description A regular expression (RE2 syntax) that a whole text value must match; null for none. Ambiguous repetitions such as `(a+)+` are refused.
             * @default null
             */
            pattern: string | null;
            /**
             * @description The country (ISO 3166) of phone numbers that are written without a country code; null for other types, or if every number must have one.
             * @default null
             */
            country: string | null;
            /**
             * @description Whether a value must be stated when a customer is created or replaced.
             * @default false
             */
            required: boolean;
            /**
             * @description Whether searches use the field.
             * @default false
             */
            searchable: boolean;
            /**
             * @description Whether values are personal. `sensitive` values can be neither searched nor filtered by, and agents get them only in responses about one customer.
             * @default personal
             * @enum {string}
             */
            pii: "none" | "personal" | "sensitive";
            /**
             * @description Where it is in the process of authorisation.
             * @enum {string}
             */
            state: "requested" | "authorised" | "rejected" | "removed";
            /**
             * Format: date-time
             * @description When it was first recorded (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed (UTC).
             */
            updated_at: string;
            /** @description How far the search index of this location has been updated. */
            index: components["schemas"]["Indexing"];
        };
        /** @description How far the search index of this location has been updated to the searchable fields. */
        Indexing: {
            /** @description Whether the update is complete. */
            done: boolean;
            /** @description How many customers have been compared so far. */
            customers: number;
            /** @description How many index entries have been updated so far. */
            changed: number;
        };
        /** @description A custom field of customers. */
        Field: {
            /** @description The name of the field. */
            name: string;
            /** @description The name to display. */
            label: string;
            /**
             * @description The type of the values.
             * @enum {string}
             */
            type: "text" | "number" | "date" | "boolean" | "choice" | "phone" | "email";
            /**
             * @description The allowed values of a field of the type `choice`; null for other types.
             * @default null
             */
            choices: string[] | null;
            /**
             * @description A regular expression (RE2 syntax) that a whole text value must match; null for none. Ambiguous repetitions such as `(a+)+` are refused.
             * @default null
             */
            pattern: string | null;
            /**
             * @description The country (ISO 3166) of phone numbers that are written without a country code; null for other types, or if every number must have one.
             * @default null
             */
            country: string | null;
            /**
             * @description Whether a value must be stated when a customer is created or replaced.
             * @default false
             */
            required: boolean;
            /**
             * @description Whether searches use the field.
             * @default false
             */
            searchable: boolean;
            /**
             * @description Whether values are personal. `sensitive` values can be neither searched nor filtered by, and agents get them only in responses about one customer.
             * @default personal
             * @enum {string}
             */
            pii: "none" | "personal" | "sensitive";
            /**
             * @description Where it is in the process of authorisation.
             * @enum {string}
             */
            state: "requested" | "authorised" | "rejected" | "removed";
            /**
             * Format: date-time
             * @description When it was first recorded (UTC).
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it was last changed (UTC).
             */
            updated_at: string;
        };
        /** @description A type of customers. */
        CustomerType: {
            /**
             * @description The name of the type.
             * @example PERSON
             * @example INSTITUTION
             */
            name: string;
            /** @description The name to display. */
            label: string;
            /**
             * @description Where it is in the process of authorisation.
             * @enum {string}
             */
            state: "requested" | "authorised" | "rejected" | "removed";
            /** @description Whether the type always exists and cannot be changed. */
            built_in: boolean;
            /** @description When it was first recorded (UTC); null for a built-in type. */
            created_at: string | null;
            /** @description When it was last changed (UTC); null for a built-in type. */
            updated_at: string | null;
        };
        /** @description A customer that was found, with the score and its reasons. */
        Hit: {
            /** @description The customer. */
            customer: components["schemas"]["Customer"];
            /** @description The probability that both are the same, 0 to 1. */
            score: number;
            /** @description The score in words; null if it is below the calibrated threshold. */
            grade: ("certain" | "probable" | "possible") | null;
            /** @description The comparisons that the score is made of; empty if `match` was not asked to explain. */
            reasons: components["schemas"]["Reason"][];
        };
        /** @description The results of a batch. */
        Batch: {
            /**
             * Format: uuid
             * @description The id of the batch.
             */
            id: string;
            /** @description The name of the source. */
            source: string;
            /** @description The user name of who did it; `public` for callers without a token. */
            actor: string;
            /**
             * Format: date-time
             * @description When the batch was received (UTC).
             */
            at: string;
            /**
             * @description The name of the location that ingested the batch; null for batches of early versions.
             * @default null
             */
            location: string | null;
            /**
             * @description Whether the batch was only tried: nothing was written.
             * @default false
             */
            dry_run: boolean;
            /** @description How many rows the batch had. */
            rows: number;
            /** @description How many rows created a customer. */
            created: number;
            /** @description How many rows changed a customer. */
            updated: number;
            /**
             * @description How many rows deleted a customer.
             * @default 0
             */
            deleted: number;
            /**
             * @description How many rows restored a customer.
             * @default 0
             */
            restored: number;
            /** @description How many rows changed nothing. */
            unchanged: number;
            /** @description How many rows were rejected. */
            refused: number;
            /** @description The result of each row, in order. */
            results: components["schemas"]["BatchResult"][];
        };
        /** @description The result of one row of a batch. */
        BatchResult: {
            /** @description The number of the row, from 1; the CSV header does not count. */
            row: number;
            /** @description The id of the customer; null if the row was rejected before it was determined. */
            id: string | null;
            /**
             * @description What the row did; `refused` if it was rejected.
             * @enum {string}
             */
            outcome: "created" | "updated" | "deleted" | "restored" | "unchanged" | "refused";
            /** @description Why the row was rejected; null if it was not. */
            problem: string | null;
            /** @description What was done to the row as it was sent, such as taking off invisible characters. */
            note?: string;
            /**
             * @description Up to three customers that are probably the same; null if the search index was unreachable.
             * @default []
             */
            likely_duplicates: components["schemas"]["LikelyDuplicate"][] | null;
        };
        /** @description A page of the audit log. */
        AuditList: {
            /** @description The results of this page. */
            items: components["schemas"]["AuditEntry"][];
            /** @description The `cursor` of the next page; null on the last one. */
            next: string | null;
        };
        /** @description An entry of the audit log: a change or an access. */
        AuditEntry: {
            /** @description An opaque id. */
            id: string;
            /**
             * Format: date-time
             * @description When it happened (UTC).
             */
            at: string;
            /** @description The user name of who did it; `public` for callers without a token. */
            actor: string;
            /** @description The change, such as `create` or `update`; for an access, the operation. */
            action: string;
            /** @description `done`, the answer of a lookup, or the kind of problem. */
            outcome: string;
            /** @description The kind and id of the record that it is about, such as `customer/ID`; null if there is none. */
            record: string | null;
            /** @description The name of the location where it was done. */
            location: string;
            /** @description The id of the request; null if it was not recorded or was erased. */
            request_id: string | null;
            /** @description How many requests the entry stands for. Mass refusals of anonymous callers share an entry. */
            count: number;
            /** @description The fields that the change set, with their previous values; null if the entry is no change or its content was erased. */
            before: {
                [key: string]: string | number | boolean | null;
            } | null;
            /** @description The fields that the change set, with their new values; null as for `before`. */
            after: {
                [key: string]: string | number | boolean | null;
            } | null;
            /** @description A reason or remark; null if there is none. */
            note: string | null;
            /** @description The ids of the customers whom the access showed, up to 100; null for changes and for other accesses. */
            shown: string[] | null;
            /** @description How many customers the access showed; null as for `shown`. */
            shown_count: number | null;
        };
        /** @description The state of a location as seen from this one. */
        Location: {
            /** @description The name of the location. */
            name: string;
            /** @description Whether a heartbeat has arrived lately. */
            up: boolean;
            /** @description When the location's last heartbeat arrived here (UTC); null if none has. */
            heard_at: string | null;
            /** @description How long rows of the location take to arrive here, in milliseconds; null if unknown. */
            replication_lag_ms: number | null;
            /** @description How far the location's search index is behind its list, in milliseconds; null if unknown. */
            index_lag_ms: number | null;
            /** @description How many records have open conflicts at the location; null if unknown. */
            conflicts: number | null;
            /** @description How many differences the last check of the search index left; null before the first check. */
            drift: number | null;
            /** @description The last heartbeat that the location had received (UTC), by sending location. */
            seen: {
                [key: string]: string;
            };
        };
        /** @description Whether a location can be reached from this one. */
        Reachability: {
            /** @description The name of the location. */
            name: string;
            /** @description Whether a heartbeat has arrived lately. */
            up: boolean;
        };
        /** @description The report of a purge run. Its counts are of customers. */
        RetentionRun: {
            /** @description An opaque id. */
            id: string;
            /**
             * Format: date-time
             * @description When the run started (UTC).
             */
            at: string;
            /**
             * Format: date-time
             * @description When the run ended (UTC).
             */
            ended_at: string;
            /** @description The name of the location where it was done. */
            location: string;
            /** @description The user name of who did it; `public` for callers without a token. */
            actor: string;
            /** @description Whether the run only counted. */
            dry_run: boolean;
            /** @description The retention policy of the run. */
            policy: components["schemas"]["RetentionPolicy"];
            /** @description Customers whose retention period is over. */
            due: number;
            /** @description Customers that were taken off the list in the first phase. */
            expired: number;
            /** @description Customers that were marked as purged in the second phase. */
            marked: number;
            /** @description Customers whose versions were deleted in the third phase. */
            removed: number;
            /** @description Customers taken back: the policy keeps them now, or the purge was cancelled. */
            returned: number;
            /** @description Customers that are due but still exist, by reason. */
            kept: {
                /** @description Customers that are due but held. */
                held: number;
                /** @description Customers that are due but merged with one that is not. */
                merged: number;
                /** @description Customers that stay because they were changed meanwhile. */
                changed: number;
                /** @description Customers in a phase that a location has not acknowledged. */
                unheard: number;
                /** @description Customers in a phase whose waiting time has not passed. */
                waiting: number;
            };
            /** @description The names of the locations that have not acknowledged a phase. */
            waiting_for: string[];
            /** @description Whether everything was examined; false if the time was up, or if the run failed. */
            finished: boolean;
            /** @description Whether an error ended the run. The next scheduled run begins again where this one began. */
            failed: boolean;
        };
        /** @description How many days customers stay after their last change. */
        RetentionPolicy: {
            /** @description How many days a customer stays after its last change; null for no limit. */
            days: number | null;
            /** @description The days of types that differ from the general number, by type; null: customers of the type stay for ever. */
            types: {
                [key: string]: number | null;
            };
        };
        /**
         * @description A purchase to store.
         * @example {
         *       "username": "Ada Lovelace",
         *       "userid": "u-4711",
         *       "price": "19.99",
         *       "timestamp": "2026-05-31T14:00:00Z"
         *     }
         */
        Buy: {
            /**
             * @description The name of the user.
             * @example Ada Lovelace
             */
            username: string;
            /**
             * @description The id of the user. Purchases of a customer have its id and are erased with it.
             * @example u-4711
             */
            userid: string;
            /**
             * @description The price, as an exact decimal of at most 12 digits before the point and 6 after it, without sign and exponent.
             * @example 19.99
             * @example 19.99
             */
            price: string | number;
            /**
             * @description The currency (ISO 4217). Default: the registry's.
             * @example EUR
             * @enum {string}
             */
            currency?: "AED" | "AFN" | "ALL" | "AMD" | "ANG" | "AOA" | "ARS" | "AUD" | "AWG" | "AZN" | "BAM" | "BBD" | "BDT" | "BGN" | "BHD" | "BIF" | "BMD" | "BND" | "BOB" | "BRL" | "BSD" | "BTN" | "BWP" | "BYN" | "BZD" | "CAD" | "CDF" | "CHF" | "CLP" | "CNY" | "COP" | "CRC" | "CUC" | "CUP" | "CVE" | "CZK" | "DJF" | "DKK" | "DOP" | "DZD" | "EGP" | "ERN" | "ETB" | "EUR" | "FJD" | "FKP" | "GBP" | "GEL" | "GHS" | "GIP" | "GMD" | "GNF" | "GTQ" | "GYD" | "HKD" | "HNL" | "HRK" | "HTG" | "HUF" | "IDR" | "ILS" | "INR" | "IQD" | "IRR" | "ISK" | "JMD" | "JOD" | "JPY" | "KES" | "KGS" | "KHR" | "KMF" | "KPW" | "KRW" | "KWD" | "KYD" | "KZT" | "LAK" | "LBP" | "LKR" | "LRD" | "LSL" | "LYD" | "MAD" | "MDL" | "MGA" | "MKD" | "MMK" | "MNT" | "MOP" | "MRU" | "MUR" | "MVR" | "MWK" | "MXN" | "MYR" | "MZN" | "NAD" | "NGN" | "NIO" | "NOK" | "NPR" | "NZD" | "OMR" | "PAB" | "PEN" | "PGK" | "PHP" | "PKR" | "PLN" | "PYG" | "QAR" | "RON" | "RSD" | "RUB" | "RWF" | "SAR" | "SBD" | "SCR" | "SDG" | "SEK" | "SGD" | "SHP" | "SLE" | "SLL" | "SOS" | "SRD" | "SSP" | "STN" | "SVC" | "SYP" | "SZL" | "THB" | "TJS" | "TMT" | "TND" | "TOP" | "TRY" | "TTD" | "TWD" | "TZS" | "UAH" | "UGX" | "USD" | "UYU" | "UZS" | "VES" | "VND" | "VUV" | "WST" | "XAF" | "XCD" | "XCG" | "XDR" | "XOF" | "XPF" | "XSU" | "YER" | "ZAR" | "ZMW" | "ZWG" | "ZWL";
            /**
             * @description When it was bought (ISO 8601). Default: when it is received; an `Idempotency-Key` is required then.
             * @example 2026-05-31T14:00:00Z
             */
            timestamp?: string;
        };
        /**
         * @description A stored purchase.
         * @example {
         *       "id": "b57e9c1d-2a7e-5b63-9c0f-3d1e2f4a5b6c",
         *       "username": "Ada Lovelace",
         *       "userid": "u-4711",
         *       "price": "19.99",
         *       "currency": "EUR",
         *       "timestamp": "2026-05-31T14:00:00.000Z"
         *     }
         */
        Purchase: {
            /**
             * Format: uuid
             * @description The id of the purchase. It is derived from the content and the `Idempotency-Key`.
             */
            id: string;
            /** @description The name of the user. */
            username: string;
            /** @description The id of the user. Purchases of a customer have its id and are erased with it. */
            userid: string;
            /**
             * @description The price, as an exact decimal.
             * @example 19.99
             */
            price: string;
            /** @description The currency (ISO 4217). */
            currency: string;
            /**
             * Format: date-time
             * @description When it was bought (UTC), or received if that was not stated.
             */
            timestamp: string;
        };
        /** @description The total of a user's purchases in one currency. */
        Total: {
            /** @description The currency (ISO 4217). */
            currency: string;
            /** @description The number of purchases. */
            count: number;
            /**
             * @description The sum of the prices, as an exact decimal with at least the decimals of the currency (ISO 4217).
             * @example 1999.00
             */
            sum: string;
        };
        /** @description What a cancelled run took back. */
        CancelledRun: {
            /** @description An opaque id. */
            id: string;
            /** @description Customers that are back on the list. */
            returned: number;
            /** @description Customers whose deletion had begun, and was finished. */
            removed: number;
        };
        /** @description A hold, and the customer whom it exempts from purges and erasure. */
        HeldCustomer: {
            /** @description Why the customer is held; null if it is not. */
            reason: string;
            /** @description The end of the hold (UTC); null if it has none. */
            until: string | null;
            /** @description The customer. */
            customer: components["schemas"]["Customer"];
        };
        /** @description Whether a customer is exempt from purges and erasure. */
        Hold: {
            /**
             * Format: uuid
             * @description The id of the customer.
             */
            id: string;
            /** @description Whether the customer is held. */
            held: boolean;
            /** @description Why the customer is held; null if it is not. */
            reason: string | null;
            /** @description The end of the hold (UTC); null if it has none. */
            until: string | null;
        };
        /** @description What an erasure deleted, what was left when it was read back, and a signature. */
        ErasureCertificate: {
            /** @description The ids of the erased customers: the requested one and all merged with it. */
            ids: string[];
            /**
             * Format: date-time
             * @description When the customer was erased (UTC).
             */
            erased_at: string;
            /** @description The name of the location where it was done. */
            location: string;
            /** @description What existed before the erasure and was deleted. */
            removed: {
                /** @description How many versions were deleted. */
                versions: number;
                /** @description How many decisions about duplicates were deleted. */
                decisions: number;
                /** @description How many pairs of the review queue were deleted. */
                pairs: number;
                /** @description How many open conflicts were deleted. */
                disputes: number;
                /** @description How many purchases were deleted. */
                linked: number;
                /** @description From how many versions of other customers values were removed that they had copied from an erased one in a merge, before the two were split. */
                copies?: number;
            };
            /**
             * Format: date-time
             * @description When this location was read back (UTC).
             */
            read_at: string;
            /** @description What was left at this location when it was read back. */
            found: {
                /** @description How many rows the registry still has. */
                registry: number;
                /** @description How many rows the views still have. */
                views: number;
                /** @description How many of the customers the search index still has; null if it was unreachable. */
                index: number | null;
                /** @description How many of the customers still have content in the audit log. */
                audit: number;
                /** @description How many purchases of the customers are left. */
                linked: number;
                /** @description How many versions still contain values that another customer copied from an erased one in a merge, before the two were split. */
                copies?: number;
            };
            /** @description The progress of the erasure at each known location. */
            locations: {
                /** @description The name of the location. */
                name: string;
                /** @description When nothing was left in the tables of the location (UTC); null if it has not reported that. */
                acknowledged_at: string | null;
            }[];
            /** @description The names of the locations that have not completed the erasure. */
            pending: string[];
            /**
             * Format: date-time
             * @description Until when the streams of the tables may contain the erased data in the cloud (UTC). On one machine, it is removed from them at once.
             */
            streams_until?: string;
            /**
             * Format: date-time
             * @description Until when backups may contain the erased data (UTC). A restored backup erases it again before use.
             */
            backups_until: string;
            /** @description The signed content of this response, for `verifyCertificate`. */
            certificate: string;
        };
        /** @description A page of users. */
        UserList: {
            /** @description The results of this page. */
            items: components["schemas"]["User"][];
            /** @description The `cursor` of the next page; null on the last one. */
            next: string | null;
        };
        /** @description Somebody who may log in. */
        User: {
            /** @description The id of the user. */
            id: string;
            /** @description The name of the user. */
            username: string;
            /** @description The role of the user; null for a user who has neither, such as the canary. */
            role: ("agent" | "provider") | null;
            /** @description Whether the user is prevented from logging in. */
            disabled: boolean;
            /** @description Whether the user must replace the password at the next login. */
            one_time_password: boolean;
            /**
             * Format: date-time
             * @description When the user was created (UTC).
             */
            created_at: string;
        };
        /** @description A user, with a one-time password. */
        UserWithPassword: {
            /** @description The id of the user. */
            id: string;
            /** @description The name of the user. */
            username: string;
            /** @description The role of the user; null for a user who has neither, such as the canary. */
            role: ("agent" | "provider") | null;
            /** @description Whether the user is prevented from logging in. */
            disabled: boolean;
            /** @description Whether the user must replace the password at the next login. */
            one_time_password: boolean;
            /**
             * Format: date-time
             * @description When the user was created (UTC).
             */
            created_at: string;
            /** @description The one-time password. No later response has it. */
            password: string;
        };
        /** @description A problem document (RFC 9457). */
        Problem: {
            /** @description The kind of problem, as a URN. */
            type: string;
            /** @description The kind of problem in words. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description What is wrong, and what to do about it. */
            detail: string;
            /** @description The path of the request. */
            instance: string;
            /** @description The id of the request, as in the log. */
            request_id: string;
            /** @description All errors of the input, each with its place; empty for other problems. */
            errors: components["schemas"]["Fault"][];
        };
        /** @description One error of a request. */
        Fault: {
            /** @description The place of the error: `#/member` in the body, `?name` in the query, `{name}` in the path, otherwise a header. */
            pointer: string;
            /** @description What is wrong. It follows the name of the member or parameter. */
            detail: string;
        };
    };
    responses: {
        /** @description A problem document */
        problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    information: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description About this API */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The name of this API. */
                        name: string;
                        /** @description What this API is for. */
                        description: string;
                        /** @description The version of this API. */
                        version: string;
                        /** @description The name of the location that answered. */
                        location: string;
                        /** @description The path of the documentation page. */
                        documentation: string;
                        /** @description The path of the OpenAPI document. */
                        openapi: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text `Success` */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    ping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Database and search index are reachable */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Whether the database and the search index are reachable. `starting`: the search index is still being filled; reads, changes and exact look-ups already work.
                         * @enum {string}
                         */
                        status: "up" | "starting" | "down";
                        /** @description Why the status is not `up`. */
                        reason?: string;
                        /** @description The name of the location that answered. */
                        location: string;
                        /**
                         * Format: date-time
                         * @description The time of the response (UTC).
                         */
                        time: string;
                        /** @description The state of the database. */
                        database: {
                            /**
                             * @description Whether the database is reachable.
                             * @enum {string}
                             */
                            status: "up" | "down";
                            /** @description The names of the tables. */
                            tables: string[];
                        };
                        /** @description The state of the search index. */
                        search: {
                            /**
                             * @description Whether the search index is reachable.
                             * @enum {string}
                             */
                            status: "up" | "down";
                            /** @description The engine of the search index. */
                            engine: string;
                            /** @description The managed search domain. Only for the provider, and only if there is one. */
                            domain?: {
                                /** @description The name of the domain. */
                                name: string;
                                /**
                                 * @description The state of the domain.
                                 * @enum {string}
                                 */
                                state: "active" | "creating" | "changing" | "isolated" | "deleting" | "unknown";
                                /** @description The version of the engine; null if unknown. */
                                engine_version: string | null;
                            };
                        };
                        /** @description The features of this API. */
                        features: string[];
                        /** @description The operations of this API, each as method and path. */
                        endpoints: string[];
                    };
                };
            };
            400: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            /** @description The database or the search index is unreachable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description Whether the database and the search index are reachable. `starting`: the search index is still being filled; reads, changes and exact look-ups already work.
                         * @enum {string}
                         */
                        status: "up" | "starting" | "down";
                        /** @description Why the status is not `up`. */
                        reason?: string;
                        /** @description The name of the location that answered. */
                        location: string;
                        /**
                         * Format: date-time
                         * @description The time of the response (UTC).
                         */
                        time: string;
                        /** @description The state of the database. */
                        database: {
                            /**
                             * @description Whether the database is reachable.
                             * @enum {string}
                             */
                            status: "up" | "down";
                            /** @description The names of the tables. */
                            tables: string[];
                        };
                        /** @description The state of the search index. */
                        search: {
                            /**
                             * @description Whether the search index is reachable.
                             * @enum {string}
                             */
                            status: "up" | "down";
                            /** @description The engine of the search index. */
                            engine: string;
                            /** @description The managed search domain. Only for the provider, and only if there is one. */
                            domain?: {
                                /** @description The name of the domain. */
                                name: string;
                                /**
                                 * @description The state of the domain.
                                 * @enum {string}
                                 */
                                state: "active" | "creating" | "changing" | "isolated" | "deleting" | "unknown";
                                /** @description The version of the engine; null if unknown. */
                                engine_version: string | null;
                            };
                        };
                        /** @description The features of this API. */
                        features: string[];
                        /** @description The operations of this API, each as method and path. */
                        endpoints: string[];
                    };
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The OpenAPI document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The version of OpenAPI that the document follows. */
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    docs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    docsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the file. */
                file: "swagger-ui.css" | "swagger-ui-bundle.js" | "start.js";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                    "text/javascript": string;
                };
            };
            400: components["responses"]["problem"];
            404: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    describeCaller: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user, the role, and the operations that it permits */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The name of the user. */
                        user: string;
                        /**
                         * @description The role of the user.
                         * @enum {string}
                         */
                        role: "agent" | "provider";
                        /** @description The name of the location that answered. */
                        location: string;
                        /** @description The ids of the operations that the role permits. */
                        operations: string[];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The user name. */
                    username: string;
                    /** @description The password. */
                    password: string;
                    /** @description A new password, of at least 12 characters, which replaces `password`. In the cloud it has a small and a capital letter, a digit and a symbol. */
                    new_password?: string;
                };
            };
        };
        responses: {
            /** @description A token for the Authorization header */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The JWT for the `Authorization: Bearer` header. */
                        access_token: string;
                        /**
                         * @description The type of the token.
                         * @constant
                         */
                        token_type: "Bearer";
                        /** @description The lifetime of the token, in seconds. */
                        expires_in: number;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
                /** @description Only customers of this type. */
                type?: string;
                /** @description Only customers in this state; `all` for any state. */
                state?: "active" | "deleted" | "merged" | "expired" | "all";
                /** @description Only customers whom a batch of this source stated. */
                source?: string;
                /** @description Only customers whose names, document number or searchable fields contain every word. URLs end up in logs: `search` takes words in the body. */
                q?: string;
                /** @description The order: by surname and given name (in Latin letters, without case and accents; customers without a surname last), by last change or by creation. `-` reverses it. Default: an order that no change affects. */
                sort?: "surname" | "-surname" | "updated_at" | "-updated_at" | "created_at" | "-created_at";
                /** @description Only customers changed at or after this time (ISO 8601). A customer that changes while pages are read may appear again. */
                changed_since?: string;
                /** @description Reads what was valid at this time (ISO 8601). Default: now. */
                as_of?: string;
                /** @description Reads what was recorded by this time (ISO 8601). Default: everything recorded so far. */
                known_at?: string;
                /** @description Only customers whose custom field NAME has this value, such as `detail.city=Gent`. Not for sensitive fields. */
                "detail.NAME"?: {
                    [key: string]: string;
                };
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of customers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    createCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key chosen by the caller: 1 to 200 visible ASCII characters. The same request with the same key is executed once and gets the same response, for at least a day; another request with the key is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The type of the customer: PERSON, INSTITUTION or another authorised one. Default: PERSON.
                     * @example PERSON
                     * @example INSTITUTION
                     */
                    type?: string;
                    /** @description The surname, or the name of an institution. */
                    surname?: string | null;
                    /** @description The given name, with middle names. */
                    given_name?: string | null;
                    /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
                    dob?: string | null;
                    /** @description Whether the date of birth is approximate. In a request, only beside `dob`. */
                    dob_approximate?: boolean | null;
                    /** @description The number of an identity document or registration. */
                    document_number?: string | null;
                    /** @description Values of authorised custom fields by name; null clears a value. */
                    details?: {
                        [key: string]: (string | number | boolean) | null;
                    };
                    /**
                     * @description Since when the statement is valid (ISO 8601), not in the future. Default: now.
                     * @example 2026-05-31T14:00:00Z
                     * @example 2026-05-31
                     */
                    valid_from?: string;
                    /** @description The reason of the change, for its history and the audit log. It is erased with the customer. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description The created customer; a repeated request gets the same one */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedCustomer"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            412: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    countCustomers: {
        parameters: {
            query?: {
                /** @description Only customers in this state; `all` for any state. */
                state?: "active" | "deleted" | "merged" | "expired" | "all";
                /** @description Only customers of this type. */
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of customers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The number of customers. */
                        count: number;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    getCustomer: {
        parameters: {
            query?: {
                /** @description Reads what was valid at this time (ISO 8601). Default: now. */
                as_of?: string;
                /** @description Reads what was recorded by this time (ISO 8601). Default: everything recorded so far. */
                known_at?: string;
                /** @description `true` reads the last state committed at this location, at a higher cost. Otherwise the state may be a moment old. */
                consistent?: "true" | "false";
            };
            header?: never;
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadCustomer"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            410: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    putCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` header or the member `etag` of the state that the change is based on. If the customer has changed since, the change is refused (412). */
                "If-Match"?: string;
                /** @description A key chosen by the caller: 1 to 200 visible ASCII characters. The same request with the same key is executed once and gets the same response, for at least a day; another request with the key is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The type of the customer: PERSON, INSTITUTION or another authorised one. Default: unchanged.
                     * @example PERSON
                     * @example INSTITUTION
                     */
                    type?: string;
                    /** @description The surname, or the name of an institution. */
                    surname?: string | null;
                    /** @description The given name, with middle names. */
                    given_name?: string | null;
                    /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
                    dob?: string | null;
                    /** @description Whether the date of birth is approximate. In a request, only beside `dob`. */
                    dob_approximate?: boolean | null;
                    /** @description The number of an identity document or registration. */
                    document_number?: string | null;
                    /** @description Values of authorised custom fields by name; null clears a value. */
                    details?: {
                        [key: string]: (string | number | boolean) | null;
                    };
                    /**
                     * @description Since when the statement is valid (ISO 8601), not in the future. Default: now.
                     * @example 2026-05-31T14:00:00Z
                     * @example 2026-05-31
                     */
                    valid_from?: string;
                    /** @description The reason of the change, for its history and the audit log. It is erased with the customer. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description The customer after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            412: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    deleteCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` header or the member `etag` of the state that the change is based on. If the customer has changed since, the change is refused (412). */
                "If-Match"?: string;
                /** @description A key chosen by the caller: 1 to 200 visible ASCII characters. The same request with the same key is executed once and gets the same response, for at least a day; another request with the key is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The reason of the change, for its history and the audit log. It is erased with the customer. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description The deleted customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            412: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    patchCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` header or the member `etag` of the state that the change is based on. If the customer has changed since, the change is refused (412). */
                "If-Match"?: string;
                /** @description A key chosen by the caller: 1 to 200 visible ASCII characters. The same request with the same key is executed once and gets the same response, for at least a day; another request with the key is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The type of the customer: PERSON, INSTITUTION or another authorised one. Default: unchanged.
                     * @example PERSON
                     * @example INSTITUTION
                     */
                    type?: string;
                    /** @description The surname, or the name of an institution. */
                    surname?: string | null;
                    /** @description The given name, with middle names. */
                    given_name?: string | null;
                    /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
                    dob?: string | null;
                    /** @description Whether the date of birth is approximate. In a request, only beside `dob`. */
                    dob_approximate?: boolean | null;
                    /** @description The number of an identity document or registration. */
                    document_number?: string | null;
                    /** @description Values of authorised custom fields by name; null clears a value. */
                    details?: {
                        [key: string]: (string | number | boolean) | null;
                    };
                    /**
                     * @description Since when the statement is valid (ISO 8601), not in the future. Default: now.
                     * @example 2026-05-31T14:00:00Z
                     * @example 2026-05-31
                     */
                    valid_from?: string;
                    /** @description The reason of the change, for its history and the audit log. It is erased with the customer. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description The customer after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            412: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    restoreCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` header or the member `etag` of the state that the change is based on. If the customer has changed since, the change is refused (412). */
                "If-Match"?: string;
                /** @description A key chosen by the caller: 1 to 200 visible ASCII characters. The same request with the same key is executed once and gets the same response, for at least a day; another request with the key is 422. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody?: {
            content: {
                "application/json": {
                    /** @description The reason of the change, for its history and the audit log. It is erased with the customer. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description The restored customer */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            412: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    customerHistory: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["HistoryItem"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            410: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    customerDiff: {
        parameters: {
            query: {
                /** @description The earlier of the two times (ISO 8601). */
                from: string;
                /** @description The later of the two times (ISO 8601). Default: now. */
                to?: string;
            };
            header?: never;
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description The earlier of the two times (UTC).
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description The later of the two times (UTC).
                         */
                        to: string;
                        /** @description The fields that differ. */
                        items: components["schemas"]["Difference"][];
                        /** @description Always null: there is one page. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            410: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    diff: {
        parameters: {
            query: {
                /** @description The earlier of the two times (ISO 8601). */
                from: string;
                /** @description The later of the two times (ISO 8601). Default: now. */
                to?: string;
                /** @description Only differences of this customer, by id. */
                customer?: string;
                /** @description Only differences of this field, such as `surname`, `state` or `details.city`. */
                field?: string;
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of differences */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description The earlier of the two times (UTC).
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description The later of the two times (UTC).
                         */
                        to: string;
                        /** @description The results of this page. */
                        items: components["schemas"]["Difference"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            410: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listConflicts: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of conflicts, by record */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["Conflict"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    settleConflict: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the conflict, as `listConflicts` returned it. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `confirm` restates the value in effect; `reverse` restores the other one.
                     * @enum {string}
                     */
                    decision: "confirm" | "reverse";
                    /** @description The reason of the change, for its history and the audit log. It is erased with the customer. */
                    note?: string | null;
                };
            };
        };
        responses: {
            /** @description The resolved conflict, and the version that resolved it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description An opaque id. */
                        id: string;
                        /** @description The kind of the record: customer, field, type, policy or decision. */
                        kind: string;
                        /** @description The id of the record, whatever its `kind`. */
                        customer: string;
                        /** @description The name of the field; a custom field is `details.NAME`. */
                        field: string;
                        /** @description The value in effect. */
                        kept: components["schemas"]["ConflictSide"];
                        /** @description The other value, set at the same time elsewhere. */
                        lost: components["schemas"]["ConflictSide"];
                        /**
                         * @description The decision.
                         * @enum {string}
                         */
                        decision: "confirm" | "reverse";
                        /** @description The opaque id of the version that resolved the conflict. */
                        version: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    customerDuplicates: {
        parameters: {
            query?: {
                /** @description The maximum number of duplicates. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The likely duplicates, highest score first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The likely duplicates, highest score first. */
                        items: components["schemas"]["Duplicate"][];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            410: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    splitCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer, listed again */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listDuplicates: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of pairs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["DuplicatePair"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    decideDuplicate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The ids of the two customers, in any order. */
                    ids: [
                        string,
                        string
                    ];
                    /**
                     * @description `same` merges the two customers; `different` records that they differ.
                     * @enum {string}
                     */
                    decision: "same" | "different";
                    /** @description The reason of the change, for its history and the audit log. It is erased with the customer. */
                    note?: string | null;
                    /**
                     * @description Whether to only show what the decision would lead to. Default: false.
                     * @default false
                     */
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description The decision, and the customers that are listed now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The decision.
                         * @enum {string}
                         */
                        decision: "same" | "different";
                        /** @description A reason or remark; null if there is none. */
                        note: string | null;
                        /**
                         * @description Whether the decision was only tried: nothing was written.
                         * @default false
                         */
                        dry_run: boolean;
                        /** @description The survivor of a merge, or the two customers that differ. */
                        customers: components["schemas"]["Customer"][];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listFields: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
                /** @description Only fields in this state. Default: any state. */
                state?: "requested" | "authorised" | "rejected" | "removed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of fields */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["Field"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    requestField: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The name of the field in `details`. It cannot be changed. */
                    name: string;
                    /** @description The name to display. Default: `name`. */
                    label?: string;
                    /**
                     * @description The type of the values.
                     * @enum {string}
                     */
                    type: "text" | "number" | "date" | "boolean" | "choice" | "phone" | "email";
                    /** @description The allowed values of a field of the type `choice`; null for other types. */
                    choices?: string[] | null;
                    /**
                     * @description A regular expression (RE2 syntax) that a whole text value must match; null for none. Ambiguous repetitions such as `(a+)+` are refused.
                     * @default null
                     */
                    pattern?: string | null;
                    /**
                     * @description The country (ISO 3166) of phone numbers that are written without a country code; null for other types, or if every number must have one.
                     * @default null
                     */
                    country?: string | null;
                    /**
                     * @description Whether a value must be stated when a customer is created or replaced.
                     * @default false
                     */
                    required?: boolean;
                    /**
                     * @description Whether searches use the field.
                     * @default false
                     */
                    searchable?: boolean;
                    /**
                     * @description Whether values are personal. `sensitive` values can be neither searched nor filtered by, and agents get them only in responses about one customer.
                     * @default personal
                     * @enum {string}
                     */
                    pii?: "none" | "personal" | "sensitive";
                };
            };
        };
        responses: {
            /** @description The requested field */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldInUse"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    getField: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the custom field. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The field */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldInUse"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    removeField: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the custom field. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The removed field */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldInUse"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    patchField: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the custom field. */
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The name to display. */
                    label?: string;
                    /**
                     * @description The type of the values. It cannot be changed once the field was authorised.
                     * @enum {string}
                     */
                    type?: "text" | "number" | "date" | "boolean" | "choice" | "phone" | "email";
                    /** @description The allowed values of a field of the type `choice`; null for other types. */
                    choices?: string[] | null;
                    /** @description A regular expression (RE2 syntax) that a whole text value must match; null for none. Ambiguous repetitions such as `(a+)+` are refused. */
                    pattern?: string | null;
                    /** @description The country (ISO 3166) of phone numbers that are written without a country code; null for other types, or if every number must have one. */
                    country?: string | null;
                    /** @description Whether a value must be stated when a customer is created or replaced. */
                    required?: boolean;
                    /** @description Whether searches use the field. */
                    searchable?: boolean;
                    /**
                     * @description Whether values are personal. `sensitive` values can be neither searched nor filtered by, and agents get them only in responses about one customer.
                     * @enum {string}
                     */
                    pii?: "none" | "personal" | "sensitive";
                };
            };
        };
        responses: {
            /** @description The field after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldInUse"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    authoriseField: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the custom field. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The authorised field */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldInUse"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    rejectField: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the custom field. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rejected field */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldInUse"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listTypes: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
                /** @description Only types in this state. Default: any state. */
                state?: "requested" | "authorised" | "rejected" | "removed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of types */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["CustomerType"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    requestType: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The name of the type. It cannot be changed.
                     * @example PERSON
                     * @example INSTITUTION
                     */
                    name: string;
                    /** @description The name to display. Default: `name` in lower case with a capital. */
                    label?: string;
                };
            };
        };
        responses: {
            /** @description The requested type */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerType"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    getType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the type. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerType"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    removeType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the type. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The removed type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerType"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    patchType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the type. */
                name: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The name to display. */
                    label?: string;
                };
            };
        };
        responses: {
            /** @description The type after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerType"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    authoriseType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the type. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The authorised type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerType"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    rejectType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the type. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The rejected type */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerType"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    search: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The text to find: names, a date of birth or a document number, in any order. */
                    q?: string;
                    /** @description Only customers whose surname has each of these words: in any spelling in the mode `fuzzy`, as written in the mode `exact`. */
                    surname?: string;
                    /** @description Only customers whose given name has each of these words: in any spelling in the mode `fuzzy`, as written in the mode `exact`. */
                    given_name?: string;
                    /**
                     * @description Only customers who may be born then: a day, a month or a year, in any notation of `dob` in other requests. A customer of whom less is known is included if it agrees.
                     * @example 1985-04-12
                     * @example 1985-04
                     * @example 1985
                     * @example 12.04.1985
                     * @example 12 April 1985
                     */
                    dob?: string;
                    /** @description How many years earlier or later than `dob` the customer may be born. Default: 0. */
                    dob_tolerance_years?: number;
                    /** @description Only customers with this document number, whatever its case, spaces and separators. */
                    document_number?: string;
                    /**
                     * @description `fuzzy` ranks similar customers, also by unfinished words; `exact` requires every word, or its beginning.
                     * @default fuzzy
                     * @enum {string}
                     */
                    mode?: "fuzzy" | "exact";
                    /** @description The maximum number of hits. Default: as configured. */
                    limit?: number;
                    /** @description The `next` of the previous page. It is valid only with the same search. Default: the first page. */
                    cursor?: string;
                    /** @description The lowest score of a hit, 0 to 1. Default: the calibrated threshold; 0 in the mode `exact` and without `q` and names. */
                    threshold?: number;
                    /**
                     * @description Only customers of this type.
                     * @example PERSON
                     * @example INSTITUTION
                     */
                    type?: string;
                    /**
                     * @description Only customers in this state; `all` for any state. Default: active, with merged customers found as their survivors.
                     * @default active
                     * @enum {string}
                     */
                    state?: "active" | "deleted" | "merged" | "expired" | "all";
                    /** @description Only customers whose custom fields have these values. Not for sensitive fields. */
                    details?: {
                        [key: string]: string | number | boolean;
                    };
                };
            };
        };
        responses: {
            /** @description The hits, highest score first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The hits, highest score first. */
                        items: components["schemas"]["Hit"][];
                        /** @description The lowest score of a hit that applied. */
                        threshold: number;
                        /** @description Whether the search index was unreachable, so that only complete names and numbers were found. */
                        degraded: boolean;
                        /** @description Whether no customer reached the default threshold. `items` then has up to five customers who are most similar, below the threshold. */
                        below_threshold: boolean;
                        /** @description What answered: the engine of the search index, or `table`. */
                        engine: string;
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    match: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The criteria to match, each with at least one field. */
                    queries: {
                        /** @description The surname, or the name of an institution. */
                        surname?: string | null;
                        /** @description The given name, with middle names. */
                        given_name?: string | null;
                        /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
                        dob?: string | null;
                        /** @description The number of an identity document or registration. */
                        document_number?: string | null;
                        /** @description Values of searchable custom fields to compare, by name. */
                        details?: {
                            [key: string]: string | number | boolean;
                        } | null;
                    }[];
                    /** @description The lowest score of a hit, 0 to 1. Default: the calibrated threshold. */
                    threshold?: number;
                    /** @description The maximum number of hits of each query. Default: as configured. */
                    limit?: number;
                    /**
                     * @description Whether hits have reasons.
                     * @default false
                     */
                    explain?: boolean;
                    /**
                     * @description Ids of customers to leave out, for example because they were cleared before.
                     * @default []
                     */
                    exclude?: string[];
                    /**
                     * @description Only customers of this type.
                     * @example PERSON
                     * @example INSTITUTION
                     */
                    type?: string;
                    /**
                     * @description Matches the list as it was valid at this time (ISO 8601), as known now. Default: the current list.
                     * @example 2026-05-31T14:00:00Z
                     * @example 2026-05-31
                     */
                    as_of?: string;
                };
            };
        };
        responses: {
            /** @description The result of each query, in order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The result of each query, in order. */
                        results: {
                            /** @description The criteria, as stated. */
                            query: {
                                /** @description The surname, or the name of an institution. */
                                surname?: string | null;
                                /** @description The given name, with middle names. */
                                given_name?: string | null;
                                /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
                                dob?: string | null;
                                /** @description The number of an identity document or registration. */
                                document_number?: string | null;
                                /** @description Values of custom fields by name. */
                                details?: {
                                    [key: string]: string | number | boolean;
                                } | null;
                            };
                            /** @description The hits of the query, highest score first. */
                            items: components["schemas"]["Hit"][];
                        }[];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    lookup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The surname, or the name of an institution. */
                    surname?: string | null;
                    /** @description The given name, with middle names. */
                    given_name?: string | null;
                    /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
                    dob?: string | null;
                    /** @description The number of an identity document or registration. */
                    document_number?: string | null;
                };
            };
        };
        responses: {
            /** @description The answer and a receipt for it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The result of the lookup.
                         * @enum {string}
                         */
                        answer: "listed" | "possible" | "not_listed";
                        /** @description What the answer means, and what to do next. */
                        explanation: string;
                        /** @description The initials of the stated names if the answer is `possible` and names were stated; otherwise null. */
                        initials: string | null;
                        /** @description A signed receipt of the answer, for `verifyLookup`. It has no personal data. */
                        receipt: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    verifyLookup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The receipt, as `lookup` returned it. */
                    receipt: string;
                    /**
                     * @description The criteria that the receipt is claimed to be for.
                     * @example {
                     *       "surname": "Lindqvist-Berg",
                     *       "given_name": "Åsa",
                     *       "dob": "1979"
                     *     }
                     */
                    details?: {
                        /** @description The surname, or the name of an institution. */
                        surname?: string | null;
                        /** @description The given name, with middle names. */
                        given_name?: string | null;
                        /** @description The date of birth: a day, a month or a year (ISO 8601). In requests also `17 April 1988`, `17 Apr 1988`, `April 1988` and `17.04.1988`, as the pattern says. The server reads further notations that no pattern describes: month names of other languages, `17/04/1988` where only one order of day and month is possible, `xx-12-2002`, and `about 1985`, which sets `dob_approximate`. */
                        dob?: string | null;
                        /** @description The number of an identity document or registration. */
                        document_number?: string | null;
                    };
                };
            };
        };
        responses: {
            /** @description The content of the receipt */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether the signature is valid. */
                        valid: boolean;
                        /** @description Whether the receipt is for the stated `details`; null if none were stated or it is not valid. */
                        matches: boolean | null;
                        /** @description The result that the receipt records; null if it is not valid. */
                        answer: ("listed" | "possible" | "not_listed") | null;
                        /** @description When the lookup was answered (UTC); null if the receipt is not valid. */
                        at: string | null;
                        /** @description The name of the location that answered the lookup; null if the receipt is not valid. */
                        location: string | null;
                        /** @description The list that the answer refers to (UTC): read it at that `location` with this `known_at`. Null if not recorded, or not valid. */
                        known_at: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    createBatch: {
        parameters: {
            query: {
                /** @description The name of the source. The ids of rows are unique within a source. */
                source: string;
                /** @description Whose ids the rows have: those of the `source`, or those of the `registry`. Default: `registry` for rows that the registry exported, otherwise `source`. A row with the id of a customer of the registry changes this customer, and creates one with this id if there is none. */
                ids?: "source" | "registry";
                /** @description With `true`, the response says what the batch would do, and nothing is written. */
                dry_run?: "true" | "false";
                /** @description The country (ISO 3166) of phone numbers that are written without a country code, such as `DE`. Default: the country of the field. */
                country?: string;
            };
            header?: {
                /** @description A key chosen by the caller: 1 to 200 visible ASCII characters. The same request with the same key is executed once and gets the same response, for at least a day; another request with the key is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/x-ndjson": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description The result of each row */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            412: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    getBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the batch. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The batch */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only entries at or after this time (ISO 8601). */
                from?: string;
                /** @description Only entries before this time (ISO 8601). */
                to?: string;
                /** @description Only entries of this user. */
                actor?: string;
                /** @description Only entries of this change or operation. */
                action?: "create" | "update" | "delete" | "restore" | "merge" | "split" | "hold" | "release" | "expire" | "describeCaller" | "createToken" | "createCustomer" | "listCustomers" | "countCustomers" | "getCustomer" | "patchCustomer" | "putCustomer" | "deleteCustomer" | "restoreCustomer" | "customerHistory" | "customerDiff" | "diff" | "listConflicts" | "settleConflict" | "customerDuplicates" | "splitCustomer" | "listDuplicates" | "decideDuplicate" | "requestField" | "listFields" | "getField" | "patchField" | "removeField" | "authoriseField" | "rejectField" | "requestType" | "listTypes" | "getType" | "patchType" | "removeType" | "authoriseType" | "rejectType" | "search" | "match" | "lookup" | "verifyLookup" | "createBatch" | "getBatch" | "listAudit" | "auditSummary" | "verifyAudit" | "listLocations" | "listReachability" | "countPending" | "removeLocation" | "rebuildViews" | "rebuildIndex" | "indexDrift" | "buy" | "listUserBuys" | "listPurchases" | "getRetention" | "putRetention" | "listRetentionRuns" | "runRetention" | "cancelRetentionRun" | "listHolds" | "holdCustomer" | "releaseCustomer" | "eraseCustomer" | "verifyCertificate" | "listUsers" | "createUser" | "patchUser" | "resetUserPassword" | "endOwnSessions" | "removeUser" | "unknown";
                /** @description Only entries about this customer, by id. */
                customer?: string;
                /** @description Only accesses that showed this customer, by id: in their results, or as their subject. */
                shown?: string;
                /** @description Only searches, matches, lists and lookups that asked for this name, or for this document number: all words of a question, in any order and case. It is compared by a keyed hash. */
                asked?: string;
                /** @description Only entries of this location, by name. */
                location?: string;
                /** @description Only entries with this outcome. */
                outcome?: string;
                /** @description Whether the newest or the oldest entries come first. */
                order?: "newest" | "oldest";
                /** @description The format of the response. It takes precedence over the `Accept` header. */
                format?: "json" | "csv" | "ndjson";
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries */
            200: {
                headers: {
                    /** @description The next page of CSV and NDJSON, as `<…>; rel="next"`; absent on the last page. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                    "text/csv": string;
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    auditSummary: {
        parameters: {
            query?: {
                /** @description The first day (UTC), inclusive. Default: the first day of the log. */
                from?: string;
                /** @description The last day (UTC), inclusive. Default: the last day of the log. */
                to?: string;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of counts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: {
                            /** @description The day (UTC). */
                            day: string;
                            /** @description The user name of who did it; `public` for callers without a token. */
                            actor: string;
                            /** @description The change, such as `create` or `update`; for an access, the operation. */
                            action: string;
                            /** @description The name of the location where it was done. */
                            location: string;
                            /** @description The number of requests and changes. */
                            count: number;
                        }[];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    verifyAudit: {
        parameters: {
            query?: {
                /** @description The `next` of the previous response. Default: from the beginning. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The differences, and the cursor to continue with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many seals were verified. */
                        seals: number;
                        /** @description How many entries were compared with the seals. */
                        entries: number;
                        /** @description The end of the verified part of the log, by location. */
                        sealed: {
                            [key: string]: {
                                /**
                                 * Format: date-time
                                 * @description The end of the last verified seal (UTC).
                                 */
                                to: string;
                                /** @description The hash of the last verified seal. Keep it to detect a later replacement of seals. */
                                hash: string;
                            };
                        };
                        /** @description Where a location sealed a period again because its clock had been set back. */
                        restarts: {
                            /** @description The name of the location where it was done. */
                            location: string;
                            /**
                             * Format: date-time
                             * @description When the location noticed, by its clock (UTC).
                             */
                            at: string;
                            /**
                             * Format: date-time
                             * @description From when on it sealed again (UTC).
                             */
                            from: string;
                        }[];
                        /** @description The differences, by kind. */
                        differences: {
                            /** @description Sealed entries that are missing. */
                            removed: {
                                /** @description How many there are. */
                                count: number;
                                /** @description Up to ten of the entries, each with time and origin. */
                                entries: string[];
                            };
                            /** @description Entries whose content differs from the seal. */
                            changed: {
                                /** @description How many there are. */
                                count: number;
                                /** @description Up to ten of the entries, each with time and origin. */
                                entries: string[];
                            };
                            /** @description Entries within a sealed period that the seal does not have. */
                            inserted: {
                                /** @description How many there are. */
                                count: number;
                                /** @description Up to ten of the entries, each with time and origin. */
                                entries: string[];
                            };
                            /** @description Seals that are missing, were changed, or do not follow from the one before. */
                            broken: {
                                /** @description How many there are. */
                                count: number;
                                /** @description What is wrong with up to ten of the seals. */
                                entries: string[];
                            };
                        };
                        /** @description The `cursor` to continue with; null when finished. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listLocations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The locations, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The known locations, by name. */
                        items: components["schemas"]["Location"][];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listReachability: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The locations, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The known locations, by name. */
                        items: components["schemas"]["Reachability"][];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    removeLocation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The name of the location. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The remaining locations, by name */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The known locations, by name. */
                        items: components["schemas"]["Location"][];
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    countPending: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts, by kind */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Requested fields. */
                        fields: {
                            /** @description How many there are, at most 100. */
                            count: number;
                            /** @description Whether there are more. */
                            more: boolean;
                        };
                        /** @description Requested types. */
                        types: {
                            /** @description How many there are, at most 100. */
                            count: number;
                            /** @description Whether there are more. */
                            more: boolean;
                        };
                        /** @description Records with open conflicts. */
                        conflicts: {
                            /** @description How many there are, at most 100. */
                            count: number;
                            /** @description Whether there are more. */
                            more: boolean;
                        };
                        /** @description Pairs of customers who are probably the same. */
                        duplicates: {
                            /** @description How many there are, at most 100. */
                            count: number;
                            /** @description Whether there are more. */
                            more: boolean;
                        };
                        /** @description The state of the purge. */
                        retention: {
                            /** @description How many runs failed since the last that did not; at most 10. */
                            failed_runs: number;
                            /** @description The report of the last purge run; null if there was none. Scheduled runs that found nothing have no report, unless the run before had failed. */
                            last_run: components["schemas"]["RetentionRun"] | null;
                            /** @description How often the purge runs by itself, in seconds. */
                            interval_seconds: number;
                        };
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    rebuildViews: {
        parameters: {
            query?: {
                /** @description The `next` of the previous response. Default: from the beginning. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The progress, and the cursor to continue with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many records were rebuilt. */
                        records: number;
                        /** @description The `cursor` to continue with; null when finished. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    rebuildIndex: {
        parameters: {
            query?: {
                /** @description The `next` of the previous response. Default: from the beginning. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The progress, and the cursor to continue with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The phase that the request ended in.
                         * @enum {string}
                         */
                        phase: "fill" | "compare" | "adopt" | "settle" | "sweep";
                        /** @description How many customers or entries were read. */
                        read: number;
                        /** @description How many entries were put into the new index. */
                        filled: number;
                        /** @description How many entries were corrected or removed because the list had changed meanwhile. */
                        mended: number;
                        /** @description The `cursor` to continue with; null when finished. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    indexDrift: {
        parameters: {
            query?: {
                /** @description The `next` of the previous response. Default: from the beginning. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Whether to correct the index where possible.
                     * @default false
                     */
                    repair?: boolean;
                };
            };
        };
        responses: {
            /** @description The differences, and the cursor to continue with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description How many customers of the list were compared with the index. */
                        customers: number;
                        /** @description How many entries of the index were compared with the list. */
                        entries: number;
                        /** @description The differences, by kind. */
                        differences: {
                            /** @description Customers on the list without an entry in the index. */
                            missing: {
                                /** @description How many there are. */
                                count: number;
                                /** @description Up to ten of the ids. */
                                ids: string[];
                            };
                            /** @description Entries of an older version than on the list. */
                            behind: {
                                /** @description How many there are. */
                                count: number;
                                /** @description Up to ten of the ids. */
                                ids: string[];
                            };
                            /** @description Entries of a newer version than on the list. Only a rebuild corrects them. */
                            ahead: {
                                /** @description How many there are. */
                                count: number;
                                /** @description Up to ten of the ids. */
                                ids: string[];
                            };
                            /** @description Entries of the right version with other content. */
                            different: {
                                /** @description How many there are. */
                                count: number;
                                /** @description Up to ten of the ids. */
                                ids: string[];
                            };
                            /** @description Entries in the index without a customer on the list. */
                            orphan: {
                                /** @description How many there are. */
                                count: number;
                                /** @description Up to ten of the ids. */
                                ids: string[];
                            };
                        };
                        /** @description How many entries were corrected. */
                        repaired: number;
                        /** @description Whether entries are newer than the list, which only a rebuild corrects. */
                        needs_rebuild: boolean;
                        /** @description The `cursor` to continue with; null when finished. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    buy: {
        parameters: {
            query?: never;
            header?: {
                /** @description A key chosen by the caller: 1 to 200 visible ASCII characters. The same request with the same key is executed once and gets the same response, for at least a day; another request with the key is 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Buy"];
            };
        };
        responses: {
            /** @description The stored purchase; a repeated request gets the same one */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Purchase"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            412: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            422: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listUserBuys: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id of the user, or the user name. */
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of purchases */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["Purchase"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listPurchases: {
        parameters: {
            query: {
                /** @description The id of the user. */
                user: string;
                /** @description Only purchases at or after this time (ISO 8601). */
                from?: string;
                /** @description Only purchases before this time (ISO 8601). */
                to?: string;
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of purchases, and the totals of the user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["Purchase"][];
                        /** @description The totals of the purchases of the user in the interval, on whatever page they are, by currency. */
                        totals: components["schemas"]["Total"][];
                        /** @description The totals of all purchases of the user, whatever the interval and the page, by currency. */
                        overall_totals: components["schemas"]["Total"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    getRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPolicy"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    putRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description How many days a customer stays after its last change; null for no limit. */
                    days: number | null;
                    /**
                     * @description The days of types that differ from the general number, by type. `null`: customers of the type stay for ever, whatever `days` says. A type that is left out follows `days`.
                     * @default {}
                     */
                    types?: {
                        [key: string]: number | null;
                    };
                };
            };
        };
        responses: {
            /** @description The new policy */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPolicy"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listRetentionRuns: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of reports */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["RetentionRun"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    runRetention: {
        parameters: {
            query?: {
                /** @description The `next` of the previous response. Default: from the beginning. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Whether to only count what a run would start.
                     * @default false
                     */
                    dry_run?: boolean;
                    /**
                     * @description The policy that a dry run assumes. Default: the one in effect.
                     * @example {
                     *       "days": 3650,
                     *       "types": {
                     *         "PERSON": 1825
                     *       }
                     *     }
                     */
                    policy?: {
                        /** @description How many days a customer stays after its last change; null for no limit. */
                        days: number | null;
                        /**
                         * @description The days of types that differ from the general number, by type. `null`: customers of the type stay for ever, whatever `days` says. A type that is left out follows `days`.
                         * @default {}
                         */
                        types?: {
                            [key: string]: number | null;
                        };
                    };
                    /**
                     * @description Whether a dry run returns the customers who would leave, about a hundred in each response.
                     * @default false
                     */
                    customers?: boolean;
                };
            };
        };
        responses: {
            /** @description The report of the run, and the cursor to continue with */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description An opaque id. */
                        id: string;
                        /**
                         * Format: date-time
                         * @description When the run started (UTC).
                         */
                        at: string;
                        /**
                         * Format: date-time
                         * @description When the run ended (UTC).
                         */
                        ended_at: string;
                        /** @description The name of the location where it was done. */
                        location: string;
                        /** @description The user name of who did it; `public` for callers without a token. */
                        actor: string;
                        /** @description Whether the run only counted. */
                        dry_run: boolean;
                        /** @description The retention policy of the run. */
                        policy: components["schemas"]["RetentionPolicy"];
                        /** @description Customers whose retention period is over. */
                        due: number;
                        /** @description Customers that were taken off the list in the first phase. */
                        expired: number;
                        /** @description Customers that were marked as purged in the second phase. */
                        marked: number;
                        /** @description Customers whose versions were deleted in the third phase. */
                        removed: number;
                        /** @description Customers taken back: the policy keeps them now, or the purge was cancelled. */
                        returned: number;
                        /** @description Customers that are due but still exist, by reason. */
                        kept: {
                            /** @description Customers that are due but held. */
                            held: number;
                            /** @description Customers that are due but merged with one that is not. */
                            merged: number;
                            /** @description Customers that stay because they were changed meanwhile. */
                            changed: number;
                            /** @description Customers in a phase that a location has not acknowledged. */
                            unheard: number;
                            /** @description Customers in a phase whose waiting time has not passed. */
                            waiting: number;
                        };
                        /** @description The names of the locations that have not acknowledged a phase. */
                        waiting_for: string[];
                        /** @description Whether everything was examined; false if the time was up, or if the run failed. */
                        finished: boolean;
                        /** @description Whether an error ended the run. The next scheduled run begins again where this one began. */
                        failed: boolean;
                        /** @description The customers who are due and not held, if a dry run asked for them. */
                        customers: components["schemas"]["Customer"][];
                        /** @description The `cursor` to continue with; null when finished. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    cancelRetentionRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the run, as `runRetention` or `listRetentionRuns` returned it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many customers are back, and how many were already being deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelledRun"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of holds */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The results of this page. */
                        items: components["schemas"]["HeldCustomer"][];
                        /** @description The `cursor` of the next page; null on the last one. */
                        next: string | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    holdCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description Why the customer is held. */
                    reason: string;
                    /** @description The end of the hold (ISO 8601). Default: the hold ends when it is released. */
                    until?: string | null;
                };
            };
        };
        responses: {
            /** @description The hold */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    releaseCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer, which is no longer held */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            410: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    eraseCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the customer. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The certificate of erasure, and the locations that are pending */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErasureCertificate"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    verifyCertificate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The certificate, as `eraseCustomer` returned it. */
                    certificate: string;
                };
            };
        };
        responses: {
            /** @description Whether the certificate is valid, and its content */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether the signature is valid. */
                        valid: boolean;
                        /** @description The content of the certificate; null if it is not valid. */
                        erasure: {
                            /** @description The ids of the erased customers: the requested one and all merged with it. */
                            ids: string[];
                            /**
                             * Format: date-time
                             * @description When the customer was erased (UTC).
                             */
                            erased_at: string;
                            /** @description The name of the location where it was done. */
                            location: string;
                            /** @description What existed before the erasure and was deleted. */
                            removed: {
                                /** @description How many versions were deleted. */
                                versions: number;
                                /** @description How many decisions about duplicates were deleted. */
                                decisions: number;
                                /** @description How many pairs of the review queue were deleted. */
                                pairs: number;
                                /** @description How many open conflicts were deleted. */
                                disputes: number;
                                /** @description How many purchases were deleted. */
                                linked: number;
                                /** @description From how many versions of other customers values were removed that they had copied from an erased one in a merge, before the two were split. */
                                copies?: number;
                            };
                            /**
                             * Format: date-time
                             * @description When this location was read back (UTC).
                             */
                            read_at: string;
                            /** @description What was left at this location when it was read back. */
                            found: {
                                /** @description How many rows the registry still has. */
                                registry: number;
                                /** @description How many rows the views still have. */
                                views: number;
                                /** @description How many of the customers the search index still has; null if it was unreachable. */
                                index: number | null;
                                /** @description How many of the customers still have content in the audit log. */
                                audit: number;
                                /** @description How many purchases of the customers are left. */
                                linked: number;
                                /** @description How many versions still contain values that another customer copied from an erased one in a merge, before the two were split. */
                                copies?: number;
                            };
                            /** @description The progress of the erasure at each known location. */
                            locations: {
                                /** @description The name of the location. */
                                name: string;
                                /** @description When nothing was left in the tables of the location (UTC); null if it has not reported that. */
                                acknowledged_at: string | null;
                            }[];
                            /** @description The names of the locations that have not completed the erasure. */
                            pending: string[];
                            /**
                             * Format: date-time
                             * @description Until when the streams of the tables may contain the erased data in the cloud (UTC). On one machine, it is removed from them at once.
                             */
                            streams_until?: string;
                            /**
                             * Format: date-time
                             * @description Until when backups may contain the erased data (UTC). A restored backup erases it again before use.
                             */
                            backups_until: string;
                        } | null;
                    };
                };
            };
            400: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description The maximum number of results on a page. */
                limit?: number;
                /** @description The `next` of the previous page. It is valid only with the same filters. Default: the first page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /** @description The name to log in with, which the audit log shows. */
                    username: string;
                    /**
                     * @description The role of the user.
                     * @enum {string}
                     */
                    role: "agent" | "provider";
                };
            };
        };
        responses: {
            /** @description The user, with a one-time password */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserWithPassword"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    removeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The removed user */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    patchUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                id: string;
            };
            cookie?: never;
        };
        /** @description At most 1000000 bytes */
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description The role of the user.
                     * @enum {string}
                     */
                    role?: "agent" | "provider";
                    /** @description Whether the user is prevented from logging in. */
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description The user after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            413: components["responses"]["problem"];
            415: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    resetUserPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user, with a one-time password */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserWithPassword"];
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
    endOwnSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user whose sessions have ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The name of the user. */
                        user: string;
                    };
                };
            };
            400: components["responses"]["problem"];
            401: components["responses"]["problem"];
            403: components["responses"]["problem"];
            404: components["responses"]["problem"];
            409: components["responses"]["problem"];
            429: components["responses"]["problem"];
            431: components["responses"]["problem"];
            500: components["responses"]["problem"];
            503: components["responses"]["problem"];
        };
    };
}
