/** Adds up the evidence for each customer, with bounded work. */

const BINS = 512

/** Customers who have a term. Of several terms in one group, only a customer's greatest counts. */
export interface WeightedTerm {
  slots: ArrayLike<number>
  bits: number
  /** 0 to 31. */
  group: number
}

/** Accumulators for `size` customers, reused by every query. */
export class ScoreAccumulator {
  #bits = new Float32Array(0)
  #groups = new Int32Array(0)
  #touched: number[] = []

  /**
   * The `most` slots with the most evidence that `admits` accepts; ties by slot.
   *
   * @param mostSteps the maximum number of postings to read; those of the terms with the most bits come first.
   */
  best(
    terms: readonly WeightedTerm[],
    size: number,
    limit: number,
    mostSteps: number,
    admits: (slot: number) => boolean,
  ): number[] {
    this.#make(size)
    let steps = mostSteps
    for (const { slots, bits, group } of [...terms].sort((a, b) => b.bits - a.bits)) {
      const walked = Math.min(slots.length, steps)
      for (let i = 0; i < walked; i++) this.#add(slots[i] ?? 0, bits, 1 << group)
      steps -= walked
    }
    const chosen = this.#top(this.#touched, limit, admits)
    for (const slot of this.#touched) {
      this.#bits[slot] = 0
      this.#groups[slot] = 0
    }
    this.#touched = []
    return chosen
  }

  #make(size: number): void {
    if (size <= this.#bits.length) return
    this.#bits = new Float32Array(size * 2)
    this.#groups = new Int32Array(size * 2)
  }

  #add(slot: number, bits: number, group: number): void {
    const groups = this.#groups[slot] ?? 0
    if ((groups & group) !== 0) return
    if (groups === 0) this.#touched.push(slot)
    this.#groups[slot] = groups | group
    this.#bits[slot] = (this.#bits[slot] ?? 0) + bits
  }

  /**
   * Sorts into bins first, and takes bins from the top until enough slots are admitted, so that only those near the top have to be sorted
   * exactly and asked for.
   */
  #top(slots: readonly number[], limit: number, admits: (slot: number) => boolean): number[] {
    const bits = this.#bits
    const admitted = slots.length > limit ? this.#admittedFromTop(slots, limit, admits) : slots.filter(admits)
    return admitted.sort((a, b) => (bits[b] ?? 0) - (bits[a] ?? 0) || a - b).slice(0, limit)
  }

  #admittedFromTop(slots: readonly number[], limit: number, admits: (slot: number) => boolean): number[] {
    const bins = this.#toBins(slots)
    const counts = new Uint32Array(BINS)
    for (let i = 0; i < bins.length; i++) counts[bins[i] ?? 0] = (counts[bins[i] ?? 0] ?? 0) + 1
    /** Where the next slot of each bin is put, and then where the bin ends. The top bin comes first. */
    const ends = new Uint32Array(BINS)
    for (let bin = BINS - 2; bin >= 0; bin--) ends[bin] = (ends[bin + 1] ?? 0) + (counts[bin + 1] ?? 0)
    const byBin = new Uint32Array(slots.length)
    for (let i = 0; i < bins.length; i++) {
      const bin = bins[i] ?? 0
      const end = ends[bin] ?? 0
      byBin[end] = slots[i] ?? 0
      ends[bin] = end + 1
    }
    const admitted: number[] = []
    for (let bin = BINS - 1, i = 0; bin >= 0 && admitted.length < limit; bin--)
      for (; i < (ends[bin] ?? 0); i++) {
        const slot = byBin[i] ?? 0
        if (admits(slot)) admitted.push(slot)
      }
    return admitted
  }

  #toBins(slots: readonly number[]): Uint16Array {
    const bits = this.#bits
    let greatest = 0
    for (const slot of slots) greatest = Math.max(greatest, bits[slot] ?? 0)
    const bins = new Uint16Array(slots.length)
    for (let i = 0; i < slots.length; i++)
      bins[i] = Math.min(BINS - 1, Math.floor(((bits[slots[i] ?? 0] ?? 0) / greatest) * (BINS - 1)))
    return bins
  }
}
