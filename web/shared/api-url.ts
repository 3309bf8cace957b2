/** Where the API is. By default it is served with the page; a build for CloudFront names it in `VITE_REGISTRY_API`. */
export const API_URL: string = import.meta.env.VITE_REGISTRY_API ?? ''
