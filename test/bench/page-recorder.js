/** Runs in the measured page, from its start. `test/bench/page-timing.ts` reads what it records. */
const recorder = { longestTask: 0, lastTaskEnd: 0, largestPaint: 0, inputAt: 0 }
globalThis.recorder = recorder

new PerformanceObserver(list => {
  for (const { startTime, duration } of list.getEntries()) {
    recorder.longestTask = Math.max(recorder.longestTask, duration)
    recorder.lastTaskEnd = Math.max(recorder.lastTaskEnd, startTime + duration)
  }
}).observe({ type: 'longtask', buffered: true })

new PerformanceObserver(list => {
  for (const { startTime } of list.getEntries()) recorder.largestPaint = startTime
}).observe({ type: 'largest-contentful-paint', buffered: true })

new MutationObserver((_, observer) => {
  if (document.querySelector('main input:not([disabled])') === null) return
  recorder.inputAt = performance.now()
  observer.disconnect()
}).observe(document, { childList: true, subtree: true })

/** Resolves after the next frame, which paints what is there now, to the time since then. */
const timeToPaint = startedAt =>
  new Promise(resolve => {
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedAt)))
  })

/** Resolves, when the search box has this text and its results are painted, to the time since the last key. */
globalThis.timeToResults = text => {
  const { promise, resolve } = Promise.withResolvers()
  const box = document.querySelector('#search')
  const view = box.closest('search')
  let typedAt = 0
  box.addEventListener(
    'keydown',
    event => {
      typedAt = event.timeStamp
    },
    { once: true },
  )
  new MutationObserver((_, observer) => {
    if (typedAt === 0 || box.value !== text || view.getAttribute('aria-busy') !== 'false') return
    observer.disconnect()
    resolve(timeToPaint(typedAt))
  }).observe(view, { attributes: true, childList: true, subtree: true })
  return promise
}

/** Scrolls to the end of the list until there is a row of this index, and resolves when that is painted to the time since then. */
globalThis.timeToRow = index => {
  const { promise, resolve } = Promise.withResolvers()
  const list = document.querySelector('.hits')
  const startedAt = performance.now()
  const goOn = () => {
    if (Number(list.lastElementChild.dataset.index) < index) return scrollTo(0, document.documentElement.scrollHeight)
    observer.disconnect()
    resolve(timeToPaint(startedAt))
  }
  // The list becomes longer with each page, and rows near the window take the place of others.
  const observer = new MutationObserver(goOn)
  observer.observe(list, { attributes: true, childList: true })
  goOn()
  return promise
}
