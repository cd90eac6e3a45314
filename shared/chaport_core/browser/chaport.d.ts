// Types of window.chaport and window.chaportConfig, as Chaport's JavaScript API documentation has
// them. Made of options.py and methods.py by `python -m chaport_core.schema.declarations`.

declare namespace Chaport {
  type Device = "desktop" | "ios" | "android" | "mobile";
  type Position = ["left" | "right", number?, number?];
  type ParameterKey = "page_url" | "message_text" | "country" | "language" | "referrer_url" | "utm_source" | "utm_medium" | "utm_term" | "utm_campaign" | "utm_content";
  type Matcher = "=" | "!=" | "contains" | "!contains" | "gt" | ">" | "lt" | "<" | "gte" | ">=" | "lte" | "<=";
  type Value = string | boolean | number;
  type Condition = [ParameterKey, Matcher, Value];
  type AssignmentRule = { [key: string]: boolean | Condition | ((cp: Pick<Methods, "compare" | "getParameterValue">) => boolean) };
  type WidgetState = "expanded" | "collapsed" | "unreadMessage";

  interface VisitorDetails {
    visitorId?: string;
  }

  /** Where the widget reports its events. */
  interface Analytics {
    /** Google Analytics integration configuration. */
    google?: GoogleAnalytics;
  }

  /** Overrides of the account's appearance settings. */
  interface Appearance {
    /** Hex color or one of the named colors, dark-gray to orange. */
    windowColor?: string;
    /** Team name in the widget header. */
    teamName?: string;
    /** Welcome text shown when operators are online. */
    onlineWelcome?: string;
    /** Welcome text shown when operators are offline. */
    offlineWelcome?: string;
    /** left or right, then X- and Y-offset from that corner (both optional). */
    position?: Position;
    /** Show message statuses (Unread, Read, Sending) as text (true) or icons (false). */
    textStatuses?: boolean;
  }

  /** Overrides of the account's assignment rules. */
  interface Assignments {
    /** Your function that determines an assignee; belongs in the site's own script. */
    resolve?: (cp: Pick<Methods, "compare" | "getParameterValue">) => string | string[] | null | undefined;
    /** Assignment rules: each one key (team or operator ID) and true or [key, matcher, value]. */
    rules?: Array<AssignmentRule>;
    /** Set to [] to disable the assignment rules configured in the Chaport app. */
    defaultRules?: Array<AssignmentRule>;
  }

  /** Every option of `window.chaportConfig`. */
  interface Config {
    /** Your app's ID, from Settings → Installation code in Chaport. */
    appId: string;
    /** Which Google Analytics installation gets the widget's events. */
    analytics?: Analytics;
    /** Overrides account-level appearance settings. */
    appearance?: Appearance;
    /** Overrides account-level assignment rules. */
    assignments?: Assignments;
    /** Show the close button in the header (default: if the launcher is hidden, and on mobile). */
    closeButton?: boolean;
    /** Shows/hides the widget by country based on IP address. */
    countries?: Countries;
    /** Applies device-specific configuration and can hide the widget on specific device types. */
    devices?: Devices;
    /** Set to false to keep the browser's Back button from collapsing the widget on mobile. */
    history?: boolean;
    /** How and when the widget initializes. */
    init?: Init;
    /** The widget's UI language (default on our sites: {source: html}). */
    language?: Language;
    /** Controls the default launcher. */
    launcher?: Launcher;
    /** Where the chat opens: a window or tab (_blank), or inside a page element ({selector}). */
    openIn?: OpenInElement | string;
    /** Limits the operators shown initially: operator IDs or names, team IDs. */
    operators?: Array<string>;
    /** Tells whether the site is responsive, instead of letting the widget detect it. */
    responsive?: boolean;
    /** How visitor credentials are stored and used. */
    session?: Session;
    /** Disables triggers during initialization: false, or {enabled: ...} or {disabled: ...}. */
    triggers?: Triggers | false;
    /** Visitor data; in a static page only custom fields. */
    visitor?: Visitor;
    /** Hash that verifies visitor data; never in a static page. */
    visitorIntegrityHash?: string;
  }

  /** Where, by IP address, the widget is shown. */
  interface Countries {
    /** Countries where the widget should be hidden. */
    exclude?: Array<string>;
    /** Countries where the widget should be shown (ignored if exclude is set). */
    include?: Array<string>;
  }

  /** Per-device overrides; each supports all options. */
  interface DeviceConfigs {
    /** Options on desktop. */
    desktop?: Partial<Config>;
    /** Options on iOS. */
    ios?: Partial<Config>;
    /** Options on Android. */
    android?: Partial<Config>;
    /** Options on both iOS and Android. */
    mobile?: Partial<Config>;
  }

  /** On which devices, and with what differences, the widget is shown. */
  interface Devices {
    /** Devices where the widget should be hidden. */
    exclude?: Array<Device>;
    /** Devices where the widget should be shown (ignored if exclude is set). */
    include?: Array<Device>;
    /** Per-device overrides: desktop, ios, android, mobile. */
    configs?: DeviceConfigs;
  }

  /** Google Analytics integration configuration. */
  interface GoogleAnalytics {
    /** Google Tag Measurement ID to use when the default ID is not the one you want. */
    id?: string;
    /** Integration type; if omitted, Chaport detects it in the order gtag, gtm, ga, gaq. */
    api?: "gtag" | "gtm" | "ga" | "gaq";
    /** GA API object under a non-default global name; belongs in the site's own script. */
    apiObject?: any;
    /** Set to false to disable sending events to GA. */
    enabled?: boolean;
  }

  /** How and when the widget initializes. */
  interface Init {
    /** Event name to wait for before initializing (default: load). */
    event?: string;
    /** Emitter of the event (default: window); belongs in the site's own script. */
    eventTarget?: EventTarget;
    /** Maximum delay (ms) before forcing initialization (default: 5000). */
    maxDelay?: number;
    /** Additional delay (ms) after the event fires (default: 500). */
    delayAfterEvent?: number;
  }

  /** Where the widget takes its language from. */
  interface Language {
    /** 2-letter language code; overrides source. */
    use?: string;
    /** html: the <html lang> attribute; header: the Accept-Language HTTP header. */
    source?: "html" | "header";
  }

  /** The default launcher. */
  interface Launcher {
    /** Set to false to hide the default launcher. */
    show?: boolean;
  }

  /** An element of the page that the chat is rendered in. */
  interface OpenInElement {
    /** CSS selector of the element. */
    selector: string;
  }

  /** A page view, as `newPageView` takes it. */
  interface PageView {
    /** The page's address; the current one without it. */
    url?: string;
    /** The page's title; the document's without it. */
    title?: string;
  }

  /** How visitor credentials are stored and used. */
  interface Session {
    /** Visitor credentials; never in a static page, whoever reads it would be that visitor. */
    user?: VisitorCredentials;
    /** Set to false to delay session start until you call startSession(). */
    autoStart?: boolean;
    /** Set to false to prevent storing credentials locally. */
    persist?: boolean;
    /** Cookie domain for credentials (useful to track users across subdomains). */
    cookieDomain?: string;
  }

  /** A trigger (auto-invitation or chatbot), as `setActiveTrigger` takes it. */
  interface Trigger {
    /** What it says. */
    message: string;
    /** Its ID, for one that exists. */
    id?: string;
  }

  /** Which triggers (auto-invitations and chatbots) may start. */
  interface Triggers {
    /** false disables all; a list enables only these. */
    enabled?: boolean | Array<string>;
    /** true disables all; a list disables only these. */
    disabled?: boolean | Array<string>;
  }

  /** Visitor data passed during initialization. */
  interface Visitor {
    /** Full name; never in a static page, it is the same for every reader. */
    name?: string;
    /** Email; never in a static page, it is the same for every reader. */
    email?: string;
    /** Phone number; never in a static page, it is the same for every reader. */
    phone?: string;
    /** Notes on the visitor; never in a static page, it is the same for every reader. */
    notes?: string;
    /** Custom fields by their API keys without the prefix custom., such as the docs' version. */
    custom?: { [key: string]: any };
  }

  /** Whom the widget takes a visitor for. */
  interface VisitorCredentials {
    /** The visitor's ID, from the event ready or chat.started. */
    id: string;
    /** What your server makes of that ID and your account's salt. */
    token: string;
  }

  /** The Traditional API; available once `ready` has fired. */
  interface Methods {
    /** Closes the chat widget. */
    close(): void;
    /** Compares two values using a matcher. */
    compare(parameterValue: unknown, matcher: Matcher, matchValue: Value): boolean;
    /** Disables all or specified triggers (auto-invitations and chatbots). */
    disableTriggers(triggers?: Array<string>): void;
    /** Enables all or specified triggers (auto-invitations and chatbots). */
    enableTriggers(triggers?: Array<string>): void;
    /** Returns a currently active trigger. */
    getActiveTrigger(): Trigger | null | undefined;
    /** Returns a parameter value used by triggers and assignment rules. */
    getParameterValue(key: ParameterKey): unknown;
    /** Returns a trigger's id and message. */
    getTriggerById(id: string): Required<Trigger> | undefined;
    /** Returns the current widget state. */
    getWidgetState(): WidgetState;
    /** Hides the default launcher. */
    hideLauncher(): void;
    /** Calls your callback with a boolean: is any operator online? */
    isOnline(callback: (isOnline: boolean) => void): void;
    /** Notifies the widget that the visitor navigated to a new page. */
    newPageView(details?: PageView): void;
    /** Expands the chat widget. */
    open(): void;
    /** Opens the chat in a specified window/tab or inside a specified page element. */
    openIn(target: OpenInElement | string): void;
    /** Shows the default launcher. */
    showLauncher(): void;
    /** Shows a predefined or custom auto-invitation/chatbot. */
    setActiveTrigger(trigger: Trigger): void;
    /** Updates assignment rules after the page has loaded. */
    setAssignmentRules(assignments: Assignments): void;
    /** Sends visitor data to the server. */
    setVisitorData(data: Visitor, hash?: string): void;
    /** Starts a new chat session. */
    startSession(visitorCredentials?: VisitorCredentials, callback?: () => void): void;
    /** Stops the current chat session. */
    stopSession(clearCredentials?: boolean, callback?: () => void): void;
    /** Toggles the widget between opened and closed states. */
    toggle(): void;
    /** Updates widget position dynamically. */
    updatePosition(position: Position, callback?: () => void): void;
  }

  /** The Command Queue API: what `q` takes after a method's name. */
  interface Queued {
    close: [];
    compare: [parameterValue: unknown, matcher: Matcher, matchValue: Value];
    disableTriggers: string[];
    enableTriggers: string[];
    getActiveTrigger: [];
    getParameterValue: [key: ParameterKey];
    getTriggerById: [id: string];
    getWidgetState: [];
    hideLauncher: [];
    isOnline: [callback: (isOnline: boolean) => void];
    newPageView: [details?: PageView];
    open: [];
    openIn: [target: OpenInElement | string];
    showLauncher: [];
    setActiveTrigger: [trigger: Trigger];
    setAssignmentRules: [assignments: Assignments];
    setVisitorData: [data: Visitor, hash?: string];
    startSession: VisitorCredentials | Parameters<Methods["startSession"]>;
    stopSession: [clearCredentials?: boolean, callback?: () => void];
    toggle: [];
    updatePosition: [position: Position, callback?: () => void];
    on: { [Name in keyof Events]: [event: Name, listener: Listener<Name>] }[keyof Events];
  }

  /** What listeners are told. */
  interface Events {
    /** The methods are available and the session has started. */
    "ready": VisitorDetails;
    /** An auto-invitation is shown for the first time. */
    "chat.autoInvitation": unknown;
    /** A chatbot is shown for the first time. */
    "chat.botSent": unknown;
    /** The operators' online/offline status changes. */
    "chat.onlineChange": unknown;
    /** The visitor starts a chat. */
    "chat.started": VisitorDetails;
    /** The widget's visual state changes. */
    "widget.stateChange": WidgetState;
  }

  type Listener<Name extends keyof Events> = (detail: Events[Name]) => void;

  interface Widget extends Methods {
    /** Calls your function each time an event happens; available from the installation code on. */
    on<Name extends keyof Events>(event: Name, listener: Listener<Name>): void;
    /** Calls your function each time an event happens; available from the installation code on. */
    q<Name extends keyof Events>(method: "on", args: [event: Name, listener: Listener<Name>]): void;
    /** Calls a method, once `ready` has fired; what it returns is unreliable. */
    q<Name extends keyof Queued>(
      method: Name,
      ...args: [] extends Queued[Name] ? [args?: Queued[Name]] : [args: Queued[Name]]
    ): Name extends keyof Methods ? ReturnType<Methods[Name]> | undefined : void;
  }
}

interface Window {
  /** What your script says; where chaport-ssg adds chat, the page's own options come under it. */
  chaportConfig?: Partial<Chaport.Config>;
  chaport: Chaport.Widget;
  /** A made-up salt, on your own machine alone: the preview widget refuses what is forged. */
  chaportPreviewSalt?: string;
}

declare var chaport: Chaport.Widget;

// Chaport's events on document, where a site has the option `events: dom`.
interface DocumentEventMap {
  "chaport:ready": CustomEvent<Chaport.Events["ready"]>;
  "chaport:chat.autoInvitation": CustomEvent<Chaport.Events["chat.autoInvitation"]>;
  "chaport:chat.botSent": CustomEvent<Chaport.Events["chat.botSent"]>;
  "chaport:chat.onlineChange": CustomEvent<Chaport.Events["chat.onlineChange"]>;
  "chaport:chat.started": CustomEvent<Chaport.Events["chat.started"]>;
  "chaport:widget.stateChange": CustomEvent<Chaport.Events["widget.stateChange"]>;
}
