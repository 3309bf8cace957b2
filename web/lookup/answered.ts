/** An answer as it is shown. */
export interface Answered {
  answer: 'listed' | 'possible' | 'not_listed'
  receipt: string
  /** When the answer arrived. */
  time: Date
}
