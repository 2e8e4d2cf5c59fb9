/** The colours of every page, by day and by night. */
export const PALETTE = `:root { color-scheme: light dark; --ink: #1d2330; --soft: #5b6472; --paper: #fbfaf7; --line: #e2dfd6; --mark: #b4431f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6df; --soft: #a3a9b4; --paper: #16181d; --line: #2e323a; --mark: #f08a5f; }
}
`;
