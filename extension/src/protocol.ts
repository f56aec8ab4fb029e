// Generated from the records in server/Server/Protocol by `npm run protocol`; do not edit.

/** Requests to the server: parameters and result by method. */
export interface Requests {
  'explain/row': { params: ExplainRowParams; result: PanelView };
  'explain/checkCells': { params: CheckCellsParams; result: CellCheck[] };
  'explain/global': { params: ExplainGlobalParams; result: PanelView };
  'explain/image': { params: ExplainImageParams; result: PanelView };
  'explain/images': { params: ExplainImagesParams; result: PanelView };
  'explain/imageAt': { params: ImageAtParams; result: ImageAtResult };
  'explain/rowAt': { params: RowAtParams; result: RowAtResult };
  'explain/rows': { params: RowsParams; result: RowPlace[] };
  'explain/export': { params: ExportParams; result: ExportResult };
  'explain/tablePage': { params: TablePageParams; result: TablePage };
  'explain/tableHover': { params: TableHoverParams; result: TableHoverResult };
  'explain/models': { params: ExplainModelsParams; result: ModelChoice[] };
  'explain/chooseModel': { params: ChooseModelParams; result: ChooseModelResult };
  'explain/methods': { params: ExplainMethodsParams; result: MethodChoice[] };
  'explain/modelSummary': { params: ModelSummaryParams; result: PanelView };
}

/** Notifications to the server: parameters by method. */
export interface ClientNotifications {
  'explain/theme': ThemeParams;
}

/** Notifications from the server: parameters by method. */
export interface ServerNotifications {
  'explain/status': StatusParams;
  'explain/partial': PartialParams;
  'explain/stale': StaleParams;
}

/** `explain/row` → PanelView: explains one row of an open or saved table. */
export interface ExplainRowParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
  /** The row, from 0, without the header. */
  row: number;
  /** A method's id; null for the default. */
  method?: string | null;
  /** A class index as text, or `predicted`; null for the predicted class. */
  target?: string | null;
  /** `raw` or `probability`; null for the default. */
  space?: string | null;
  /** A path of Backgrounds; null for the default. */
  background?: string | null;
  /** Options of the method by key. */
  options?: Record<string, string> | null;
  /** Width of the figure's column, CSS pixels. */
  width?: number | null;
  /** Where progress is reported; null for nowhere. */
  workDoneToken?: string | null;
  /** One of Views; null for the first. */
  view?: string | null;
  /** "What if": new values by column, none for the row as it is but ready to be changed; null for the row alone. */
  edits?: Record<string, string> | null;
}

/** A document by address. */
export interface TextDocumentIdentifier {
  /** Its URI. */
  uri: string;
}

/** Everything a panel shows, as data: no HTML, ready words and numbers. One record serves local and global explanations and the model summary, so the webview is one small renderer. */
export interface PanelView {
  /** `row`, `global`, `model`, `image` or `sheet`. */
  kind: string;
  /** "Row 13, malignant". */
  tabTitle: string;
  /** "Why malignant?". */
  heading: string;
  /** "test.csv, row 13 (line 15) · malignant 81.6 %, benign 18.4 %". */
  subLine: string;
  /** What is known about its trustworthiness; null for none. */
  badge?: PanelBadge | null;
  /** At most two, worst first. */
  notes: PanelNote[];
  /** The picture; null for none. */
  figure?: PanelFigure | null;
  /** "From the average to this row". */
  figureTitle: string;
  /** The numbers, all of them. */
  table: PanelTable;
  /** What can be chosen; null entries and empty lists hide a picker. */
  pickers: PanelPickers;
  /** Parts of the footer, most important first. */
  receipt: string[];
  /** The explanation as other programs read it. */
  exports: PanelExports;
  /** A picture and its maps; null elsewhere. */
  image?: PanelImage | null;
  /** A contact sheet; null elsewhere. */
  sheet?: PanelSheet | null;
  /** Other pictures of the same question, the one in force selected; null where there is only one. */
  views?: PanelChoice[] | null;
  /** What changing cells of the row did; null for a row as it is in the file. */
  whatIf?: PanelWhatIf | null;
  /** A rule, changes, other rows; null for none. */
  cards?: PanelCard[] | null;
}

/** The trust badge. */
export interface PanelBadge {
  /** `ok`, `caution`, `stop` or `unknown`. */
  state: string;
  /** "Exact", "Estimate", "Not tested". */
  text: string;
  /** One sentence each, with the numbers. */
  reasons: string[];
}

/** A note above the figure. */
export interface PanelNote {
  /** `info`, `caution` or `stop`. */
  state: string;
  /** What, why it matters, what to do. */
  text: string;
}

/** A rendered figure. */
export interface PanelFigure {
  /** PNG, base64. */
  png: string;
  /** CSS pixels. */
  width: number;
  /** CSS pixels. */
  height: number;
  /** The picture in words. */
  alt: string;
  /** Focusable marks in reading order. */
  regions: PanelRegion[];
}

/** A focusable mark of a figure. */
export interface PanelRegion {
  /** Left, CSS pixels. */
  x: number;
  /** Top, CSS pixels. */
  y: number;
  /** CSS pixels. */
  width: number;
  /** CSS pixels. */
  height: number;
  /** The table row it belongs to; null for the remainder. */
  key?: string | null;
  /** What it shows, in words. */
  label: string;
  /** Rows of the file that it stands for, from 0; null for none. A figure with such marks can be brushed. */
  rows?: number[] | null;
}

/** A table. */
export interface PanelTable {
  /** "All columns". */
  title: string;
  /** Its columns. */
  columns: PanelColumn[];
  /** Its rows, in the order to show at first. */
  rows: PanelRow[];
  /** The key of the column that the rows are sorted by at first; null for none. */
  sortedBy?: string | null;
}

/** A column of a table. */
export interface PanelColumn {
  /** Its key. */
  key: string;
  /** Its heading, with unit. */
  title: string;
  /** Whether it is right-aligned and sorted by number. */
  numeric: boolean;
}

/** A row of a table. */
export interface PanelRow {
  /** Its key, as regions name it. */
  key: string;
  /** One a column. */
  cells: PanelCell[];
  /** The row of a file that it stands for, to be opened; null for none. */
  place?: PanelPlace | null;
}

/** A cell of a table. */
export interface PanelCell {
  /** What to show. */
  text: string;
  /** What to sort by; null for text. */
  sort?: number | null;
  /** How "what if" changes it; null where it cannot. */
  edit?: PanelEdit | null;
}

/** A cell that can be changed. */
export interface PanelEdit {
  /** Its value now, as it would be written in the file. */
  text: string;
  /** Its value in the file. */
  original: string;
  /** What a column of few words can hold; empty for numbers and free text. */
  choices: string[];
}

/** A row of a file. */
export interface PanelPlace {
  /** The file. */
  uri: string;
  /** The row, from 0. */
  row: number;
}

/** What can be chosen in the toolbar. */
export interface PanelPickers {
  /** Classes or outputs. */
  targets: PanelChoice[];
  /** Methods. */
  methods: PanelChoice[];
  /** Scales. */
  spaces: PanelChoice[];
  /** Files that can stand in for absent features. */
  backgrounds: PanelChoice[];
  /** The budget; null where the method has none. */
  evaluations?: PanelNumber | null;
  /** Columns, for curves; empty elsewhere. */
  features: PanelChoice[];
  /** Second classes of an image, "no other" first; null elsewhere. */
  others?: PanelChoice[] | null;
  /** Second methods of an image, "no other" first; null elsewhere. */
  otherMethods?: PanelChoice[] | null;
  /** Layers that an image's method can look at; null elsewhere. */
  layers?: PanelChoice[] | null;
  /** What stands in for absent pixels; null elsewhere. */
  baselines?: PanelChoice[] | null;
}

/** One choice of a picker. */
export interface PanelChoice {
  /** What is sent back. */
  value: string;
  /** What is shown. */
  text: string;
  /** Whether it is in force. */
  selected: boolean;
}

/** A number that can be changed. */
export interface PanelNumber {
  /** In force. */
  value: number;
  /** Least. */
  minimum: number;
  /** Most. */
  maximum: number;
}

/** The explanation as other programs read it. */
export interface PanelExports {
  /** The object that the command line prints. */
  json: string;
  /** The table as CSV; text that a spreadsheet would run is defused. */
  csv: string;
  /** Headline, table and receipt. */
  markdown: string;
  /** A name to save under, without extension. */
  fileName: string;
  /** The figure with title, legend and receipt, PNG, base64; empty when there is none, or when it is one of the files. */
  png: string;
  /** What can be saved beside that, in the order of the menu; null for nothing. */
  files?: PanelFile[] | null;
}

/** Something that a panel can save; made only when it is asked for. */
export interface PanelFile {
  /** Names it in `explain/export`. */
  id: string;
  /** "Figure as SVG". */
  title: string;
  /** A name to save under: "test-row-13-tree-shap.svg". */
  name: string;
}

/** A picture with what the model saw in it. The panel draws the maps from their values, so that sliders answer at once. */
export interface PanelImage {
  /** "00010.png". */
  name: string;
  /** What the model was shown, after resize and crop, PNG, base64; empty for a tensor that is no picture. */
  png: string;
  /** Pixels across. */
  width: number;
  /** Pixels down. */
  height: number;
  /** One map, or two to compare; they share one limit where they share a unit. */
  maps: PanelMap[];
  /** What maps can be coloured with, the default first. */
  colourMaps: PanelColourMap[];
  /** The panel's ground, hex: pictures under a map are dimmed towards it. */
  ground: string;
  /** The colour of evidence for the class, hex. */
  towards: string;
  /** The colour of evidence against it, hex. */
  away: string;
}

/** A map over a picture, channels summed. */
export interface PanelMap {
  /** "For Coat". */
  title: string;
  /** "logit from −12.31 to 5.88". */
  subLine: string;
  /** What a read-out calls it: "Coat". */
  caption: string;
  /** Row-major 32-bit floats, little-endian, base64. */
  values: string;
  /** Values across; fewer than the picture's pixels for the map of a layer. */
  width: number;
  /** Values down. */
  height: number;
  /** Where the colours of an amount begin; 0 with direction. */
  low: number;
  /** Where the colours end. */
  limit: number;
  /** "ends at the 99th percentile; largest pixel +0.80". */
  limitText: string;
  /** Whether there is evidence against the class; else the map is an amount. */
  twoSided: boolean;
  /** Whether it is enlarged smoothly: the map of a layer. */
  smooth: boolean;
  /** Decimals of its numbers. */
  decimals: number;
  /** "One pixel, logit of Coat". */
  unit: string;
  /** What the upper end means: "for Coat", "most". */
  for: string;
  /** What the other end means: "against Coat", "least". */
  against: string;
  /** The map in words. */
  alt: string;
}

/** A way to colour maps. */
export interface PanelColourMap {
  /** Its id. */
  id: string;
  /** "Orange and blue". */
  title: string;
  /** Stops from −limit to +limit, hex, evenly spaced. */
  twoSided: string[];
  /** Stops from 0 to the limit, hex, evenly spaced. */
  oneSided: string[];
  /** Whether it shows direction: overlays then use the two colours of direction. */
  direction: boolean;
}

/** A contact sheet. */
export interface PanelSheet {
  /** Its pictures. */
  items: PanelSheetItem[];
  /** How many there are to be. */
  total: number;
  /** What the colours on the pictures mean, in words. */
  legend: string;
}

/** A picture of a contact sheet. */
export interface PanelSheetItem {
  /** The file. */
  uri: string;
  /** Its name, with its folder where files of several are shown. */
  name: string;
  /** The picture with its map, base64; empty when it could not be explained. */
  picture: string;
  /** What it is: `image/png`, or `image/webp` for photographs. */
  mediaType: string;
  /** "Coat"; empty when it could not be read. */
  prediction: string;
  /** "97.5 %", or the value of a regression. */
  score: string;
  /** The score as a number, to sort by; null for none. */
  confidence?: number | null;
  /** The true class; null when it is not labelled. */
  label?: string | null;
  /** Whether the model is right; null when it is not known. */
  right?: boolean | null;
  /** Why it could not be explained; null when it was. */
  problem?: string | null;
  /** The map in words. */
  alt: string;
}

/** What changing cells did. */
export interface PanelWhatIf {
  /** How many cells differ from the file. */
  changed: number;
  /** "malignant 81.6 % → 42.0 %". */
  difference: string;
  /** Header and row as the file would write them. */
  text: string;
}

/** Something that an explanation found beside contributions: a rule, a change that turns the answer, rows that resemble. */
export interface PanelCard {
  /** "benign 92.3 %". */
  title: string;
  /** One or two sentences. */
  text: string;
  /** Its numbers; null for none. */
  table?: PanelTable | null;
  /** The change that it proposes; null for none. */
  change?: PanelChange | null;
}

/** Changed cells that can be tried or written to a new file. */
export interface PanelChange {
  /** New values by column. */
  edits: Record<string, string>;
  /** Header and changed row as the file would write them. */
  text: string;
}

/** `explain/checkCells` → list of CellCheck: whether a model can take changed cells, before it is asked about them. */
export interface CheckCellsParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
  /** The row, from 0. */
  row: number;
  /** New values by column. */
  edits: Record<string, string>;
}

/** What is to be said about a changed cell. */
export interface CellCheck {
  /** Its column. */
  column: string;
  /** `stop`: the model cannot take it. `caution`: nothing like it is in the file. */
  state: string;
  /** What, and what to do. */
  text: string;
}

/** `explain/global` → PanelView: explains a model over a whole table. */
export interface ExplainGlobalParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
  /** A method's id; null for the default. */
  method?: string | null;
  /** A class index as text; null for the default. */
  target?: string | null;
  /** `raw` or `probability`; null for the default. */
  space?: string | null;
  /** A path of Backgrounds; null for the default. */
  background?: string | null;
  /** Options of the method by key. */
  options?: Record<string, string> | null;
  /** Width of the figure's column, CSS pixels. */
  width?: number | null;
  /** Where progress is reported; null for nowhere. */
  workDoneToken?: string | null;
  /** One of Views; null for the first that shows the method. */
  view?: string | null;
  /** The column that curves and dependence are about; null for the first that is. */
  feature?: string | null;
}

/** `explain/image` → PanelView of kind `image`: explains one picture. Coarse answers come as PartialParams. */
export interface ExplainImageParams {
  /** The picture. */
  textDocument: TextDocumentIdentifier;
  /** A method's id; null for the default. */
  method?: string | null;
  /** A class index as text, or `predicted`; null for the predicted class. */
  target?: string | null;
  /** A second class, by index as text: "why this and not that"; null for none. */
  other?: string | null;
  /** A second method to show beside the first; null for none. */
  otherMethod?: string | null;
  /** `raw` or `probability`; null for the default. */
  space?: string | null;
  /** Options of the method by key; `layer` and `baseline` among them. */
  options?: Record<string, string> | null;
  /** Where progress is reported; null for nowhere. */
  workDoneToken?: string | null;
}

/** `explain/images` → PanelView of kind `sheet`: every picture of some files, folders or one list of images. Pictures come one after another as PartialParams. */
export interface ExplainImagesParams {
  /** Pictures, folders, or a table that lists pictures. */
  uris: string[];
  /** A method's id; null for the default. */
  method?: string | null;
  /** Where progress is reported; null for nowhere. */
  workDoneToken?: string | null;
}

/** `explain/imageAt` → ImageAtResult: the picture that is named at a place of a document. */
export interface ImageAtParams {
  /** The document. */
  textDocument: TextDocumentIdentifier;
  /** The place. */
  position: Position;
}

/** A place in a text. */
export interface Position {
  /** The line, from 0. */
  line: number;
  /** The UTF-16 code unit within the line, from 0. */
  character: number;
}

/** The picture at a place. */
export interface ImageAtResult {
  /** Its URI; null where none is named. */
  uri?: string | null;
}

/** `explain/rowAt` → RowAtResult: which row a line belongs to. Only the server's reader knows: quoted fields hold line breaks, and blank lines are no rows. */
export interface RowAtParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
  /** The line, from 0, as in the editor. */
  line: number;
}

/** The row at a line. */
export interface RowAtResult {
  /** The row, from 0, without the header; null on the header or where there is no row. */
  row?: number | null;
  /** The picture that the row names, its URI, in a list of images; null elsewhere. */
  image?: string | null;
}

/** `explain/rows` → list of RowPlace: where rows stand, and what the model says of them. */
export interface RowsParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
  /** The rows, from 0. */
  rows: number[];
}

/** A row of a table. */
export interface RowPlace {
  /** Its number, from 0. */
  row: number;
  /** The line on which it starts, from 0. */
  startLine: number;
  /** The line on which it ends. */
  endLine: number;
  /** The character behind its last. */
  endCharacter: number;
  /** "row 13 (line 15)". */
  name: string;
  /** "malignant 81.6 %, label benign"; empty when it cannot be read. */
  answer: string;
}

/** `explain/export` → ExportResult: a file that a panel offers. */
export interface ExportParams {
  /** Its Id. */
  id: string;
}

/** A file's content. */
export interface ExportResult {
  /** Its bytes, base64. */
  content: string;
}

/** `explain/tablePage` → TablePage: rows of a table as cells, for files that no text editor can show. */
export interface TablePageParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
  /** The first row, from 0. */
  from: number;
  /** Rows at most, 1 to 1,000. */
  count: number;
}

/** Rows of a table. */
export interface TablePage {
  /** The columns of the whole table. */
  columns: TablePageColumn[];
  /** Rows of the whole table. */
  rowCount: number;
  /** The first row that is here. */
  from: number;
  /** The rows; fewer than asked for at the end of the table. */
  rows: TablePageRow[];
  /** What people call the model that explains the table; null for none. */
  model?: string | null;
  /** Why no model explains it, or why it cannot be read, in words; null when nothing is wrong. */
  problem?: string | null;
}

/** A column of a table. */
export interface TablePageColumn {
  /** Its name in the file. */
  name: string;
  /** Whether it is right-aligned. */
  numeric: boolean;
  /** `feature`: the model sees it; `label`: the true label; `other`. */
  role: string;
  /** Why its cells cannot be shown, in words; null when they can. */
  problem?: string | null;
}

/** A row of a table. */
export interface TablePageRow {
  /** Its number, from 0. */
  row: number;
  /** One text a column; empty where it is missing. */
  cells: string[];
  /** What the model says, as an inlay hint does: `→ >50K 66 %`; empty where it says nothing. */
  prediction: string;
  /** The same in a sentence, or why the row cannot be read. */
  tooltip: string;
  /** Whether the model is right; null when it is not known. */
  right?: boolean | null;
}

/** `explain/tableHover` → TableHoverResult: the hover on a row, a cell or a column's name, as on the line of a text. */
export interface TableHoverParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
  /** The row, from 0; −1 for the header. */
  row: number;
  /** The column, by number; null for the whole row. */
  column?: number | null;
}

/** A hover. */
export interface TableHoverResult {
  /** Its text, with pictures as data; empty where there is nothing to say. */
  markdown: string;
}

/** `explain/models` → list of ModelChoice: the workspace's models, those that fit the table first. */
export interface ExplainModelsParams {
  /** The table; null for all models. */
  textDocument?: TextDocumentIdentifier | null;
}

/** A model that can be chosen. */
export interface ModelChoice {
  /** Its full path. */
  path: string;
  /** What people call it. */
  name: string;
  /** "30 columns → 2 classes", or why it does not fit. */
  description: string;
  /** Whether it fits the table that was asked about. */
  fits: boolean;
  /** Whether it explains the table now. */
  bound: boolean;
}

/** `explain/chooseModel` → ChooseModelResult: writes the choice to `explain.json` through `workspace/applyEdit`, so that what the user is typing there is kept. */
export interface ChooseModelParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
  /** The model's full path. */
  modelPath: string;
}

/** What was written. */
export interface ChooseModelResult {
  /** The manifest, changed and not yet saved. */
  manifestUri: string;
}

/** `explain/methods` → list of MethodChoice: the local methods for a table's rows. */
export interface ExplainMethodsParams {
  /** The table. */
  textDocument: TextDocumentIdentifier;
}

/** A method that can be chosen. */
export interface MethodChoice {
  /** Its id. */
  id: string;
  /** Its name. */
  title: string;
  /** What it costs here: "4,096 coalitions × 20 rows, exact". */
  description: string;
}

/** `explain/modelSummary` → PanelView of kind `model`. */
export interface ModelSummaryParams {
  /** A table (its model is meant) or a model file. */
  textDocument: TextDocumentIdentifier;
}

/** `explain/theme` (notification, client to server): the editor's colours; rendered figures are dropped, explanations kept. */
export interface ThemeParams {
  /** `dark`, `light`, `hc-dark` or `hc-light`. */
  kind: string;
  /** Colours on the hover's ground, token → hex (`ground`, `ink`, `strong`, …); missing ones take the kind's own. */
  hover: Record<string, string>;
  /** Colours on the panel's ground. */
  panel: Record<string, string>;
}

/** `explain/status` (notification, server to client): what the status item shows. */
export interface StatusParams {
  /** `ready`, `working` or `problem`. */
  state: string;
  /** "adult-gbm", "Explaining 340 of 4,000". */
  text: string;
  /** One or two sentences. */
  tooltip: string;
}

/** `explain/partial` (notification, server to client): what a request has found so far. */
export interface PartialParams {
  /** The request's `workDoneToken`. */
  token: string;
  /** A coarse answer to show while it is refined; of a sheet, only the pictures that are new. */
  view: PanelView;
}

/** `explain/stale` (notification, server to client): a model or its data changed; panels of it say so. */
export interface StaleParams {
  /** The model that changed; null when a manifest changed. */
  modelPath?: string | null;
  /** "The model changed on disk. Explain again." */
  text: string;
}
