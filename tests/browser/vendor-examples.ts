// Every example of Chaport's JavaScript API documentation that is about window.chaport or
// window.chaportConfig, in its order and its words, first in the Traditional, then in the Command Queue
// form. Each has a function of its own: examples declare the same variables again and again.
// `@ts-expect-error` is itself an error where tsc finds nothing to refuse.
//
// Not here: the installation codes (vendor-installation.js), and what is PHP: the server's side of
// logged-in users, and `visitor: <? echo json_encode($visitorData) ?>`.

// What the examples take for granted.
declare function getUserDetails(
  callback: (userDetails: { email: string; name: string }, hash: string) => void,
): void;
declare const yourUser: { role: string };
declare function isVIP(): boolean;
declare const parameterValue: unknown;
declare function listener(): void;
declare const $: { post(address: string, data: object): void };
interface Window {
  yourDataLayerVariable: unknown[];
}

// ---- Overview ---------------------------------------------------------------------------------------

() => {
  window.chaport.on('ready', function() {
    // Below is a hypothetical function to retrieve user details
    getUserDetails(function(userDetails, hash) {
      window.chaport.setVisitorData({ email: userDetails.email, name: userDetails.name }, hash);
    });

    // @ts-expect-error Strictness: the page might have no such button.
    document.querySelector('#your-chat-button').addEventListener('click', function() {
      window.chaport.open();
    });
  });
};
() => {
  getUserDetails(function(userDetails, hash) {
    window.chaport.q('setVisitorData', [
      { email: userDetails.email, name: userDetails.name },
      hash
    ]);
  });

  // @ts-expect-error Strictness: the page might have no such button.
  document.querySelector('#your-chat-button').addEventListener('click', function() {
    window.chaport.q('open');
  });
};

// ---- API interfaces ---------------------------------------------------------------------------------

() => {
  var cpt = window.chaport;

  cpt.on('ready', function () {
    cpt.setVisitorData({
      name: 'John Doe',
    });
    cpt.open();
  });
};
() => {
  var cpt = window.chaport.q;

  cpt('setVisitorData', [{
    name: 'John Doe',
  }]);
  cpt('open');
};

// ---- Configuration ----------------------------------------------------------------------------------

// appId
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
  };
};

// analytics
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    analytics: {
      google: {
        id: 'G-...',
      },
    },
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    analytics: {
      google: {
        id: 'G-...',
        api: 'gtm', // Required if you also pass apiObject
        apiObject: window.yourDataLayerVariable,
      },
    },
  };
};

// appearance
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    appearance: {
      windowColor: '#a077bc',
      teamName: 'My test team',
      onlineWelcome: 'Hello, we are online!',
      offlineWelcome: 'We are not online.',
      position: ['left', 20, 20],
      textStatuses: true,
    },
  };
};

// assignments
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    assignments: {
      rules: [
        // Assign to the example.com team if a visitor is on example.com
        { 'example.com-team-id': ['page_url', 'contains', 'example.com'] },
      ],
    },
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    assignments: {
      rules: [
        // Assign to the example.com team if a visitor is on example.com
        { 'example.com-team-id': ['page_url', 'contains', 'example.com'] },

        // Assign to the sales team if the visitor's role in your system is 'lead' (hypothetical example)
        { 'sales-team-id': function (cp) { return cp.compare(yourUser.role, '=', 'lead') } },

        // Assign to the VIP team if your isVIP function returns true
        { 'vip-team-id': function (cp) { return isVIP() } },

        // Assign to the US Sales team if visitor country is US
        { 'us-sales-team-id': ['country', '=', 'US'] },

        // Assign to Spanish support if visitor language is Spanish
        { 'es-support-team-id': ['language', '=', 'es'] },

        // Fallback: assign everything else to John
        { 'john-id': true },
      ],
    },
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    assignments: {
      defaultRules: [],
    },
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    assignments: {
      resolve: function(cp) {
        // If page url contains example.com
        if (cp.compare(cp.getParameterValue('page_url'), 'contains', 'example.com')) {
          // Assign to the example.com team
          return 'example.com-team-id';
        }

        // Use your own variables with cp.compare
        if (cp.compare(yourUser.role, '=', 'lead')) {
          return 'sales-team-id';
        }

        // Apply your own checks
        if (isVIP()) {
          return 'vip-team-id';
        }

        if (cp.compare(cp.getParameterValue('country'), '=', 'US')) {
          return 'us-sales-team-id';
        }

        if (cp.compare(cp.getParameterValue('language'), '=', 'es')) {
          return 'es-support-team-id';
        }

        // Return an array to let the server choose
        return ['john-id', 'mary-id'];
      },
    },
  };
};

// closeButton
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    closeButton: false,
  };
};

// countries
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    countries: {
      include: ['US'],
    },
  };
};

// devices
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    devices: {
      configs: {
        mobile: {
          appearance: {
            position: ['right', 0, 50],
          },
        },
      },
    },
  };
};

// history
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    history: false,
  };
};

// init
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    init: {
      event: 'load',
      maxDelay: 5000,
      delayAfterEvent: 500,
    },
  };
};

// language
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    language: {
      source: 'html',
    },
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    language: {
      use: 'en',
    },
  };
};

// launcher
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    launcher: {
      show: false,
    },
  };
};

// openIn
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    openIn: '_blank',
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    openIn: {
      selector: '#chat-container',
    },
  };
};

// operators
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    operators: ['operator-id-1', 'operator-name-2'],
  };
};

// responsive
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    responsive: true,
  };
};

// session
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    session: {
      autoStart: false,
    },
  };
};
() => {
  window.chaport.on('ready', function () {
    window.chaport.startSession();
  });
};
() => {
  window.chaport.q('startSession');
};

// triggers
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    triggers: {
      enabled: false,
    },
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    // Alternatively
    triggers: {
      disabled: true,
    },
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    // Or
    triggers: false,
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    triggers: {
      disabled: ['trigger-id'],
    },
  };
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    triggers: {
      enabled: ['trigger-id'],
    },
  };
};

// visitor
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    visitor: {
      name: 'John Doe',
      email: '[email protected]',
      custom: {
        subscriptionPlan: 'pro',
        balance: 1000,
      },
    },
  };
};

// visitorIntegrityHash
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    visitor: {
      name: 'John Doe',
      email: '[email protected]',
      custom: {
        subscriptionPlan: 'pro',
        balance: 1000,
      },
    },
    visitorIntegrityHash: 'abc123a1b2c3d4e5f6',
  };
};

// ---- Methods ----------------------------------------------------------------------------------------

// close
() => {
  window.chaport.on('ready', function () {
    window.chaport.close();
  });
};
() => {
  window.chaport.q('close');
};

// compare
() => {
  window.chaport.on('ready', function () {
    window.chaport.compare(parameterValue, '=', 'yourValue');
  });
};
() => {
  window.chaport.q('compare', [parameterValue, '=', 'yourValue']);
};

// disableTriggers
() => {
  window.chaport.on('ready', function () {
    window.chaport.disableTriggers();
  });
};
() => {
  window.chaport.q('disableTriggers');
};
() => {
  window.chaport.on('ready', function () {
    window.chaport.disableTriggers(['trigger-id-1', 'trigger-id-2']);
  });
};
() => {
  window.chaport.q('disableTriggers', ['trigger-id-1', 'trigger-id-2']);
};

// enableTriggers
() => {
  window.chaport.on('ready', function () {
    window.chaport.enableTriggers();
  });
};
() => {
  window.chaport.q('enableTriggers');
};
() => {
  window.chaport.on('ready', function () {
    window.chaport.enableTriggers(['trigger-id-1', 'trigger-id-2']);
  });
};
() => {
  window.chaport.q('enableTriggers', ['trigger-id-1', 'trigger-id-2']);
};

// getActiveTrigger
() => {
  window.chaport.on('ready', function () {
    var activeTrigger = window.chaport.getActiveTrigger();
    console.log(activeTrigger);
  });
};
() => {
  var activeTrigger = window.chaport.q('getActiveTrigger');
  console.log(activeTrigger);
};

// getParameterValue
() => {
  window.chaport.on('ready', function () {
    var pageUrl = window.chaport.getParameterValue('page_url');
    console.log(pageUrl);
  });
};
() => {
  window.chaport.on('ready', function () {
    var pageUrl = window.chaport.q('getParameterValue', ['page_url']);
    console.log(pageUrl);
  });
};

// getTriggerById
() => {
  window.chaport.on('ready', function () {
    var trigger = window.chaport.getTriggerById('5820a1375ddf087b2e54921d');
    console.log(trigger);
  });
};

// getWidgetState
() => {
  window.chaport.on('ready', function () {
    var state = window.chaport.getWidgetState();
    if (state === 'unreadMessage') {
      setTimeout(function() {
        var stateNow = window.chaport.getWidgetState();
        if (state === stateNow) {
          window.chaport.close();
        }
      }, 5000);
    }
  });
};

// hideLauncher
() => {
  window.chaport.on('ready', function () {
    window.chaport.hideLauncher();
  });
};
() => {
  window.chaport.q('hideLauncher');
};

// isOnline
() => {
  window.chaport.on('ready', function () {
    window.chaport.isOnline(function (isOnline) {
      console.log(isOnline ? 'Operators are online' : 'Operators are offline');
    });
  });
};
() => {
  window.chaport.q('isOnline', [function (isOnline) {
    console.log(isOnline ? 'Operators are online' : 'Operators are offline');
  }]);
};

// newPageView
() => {
  window.chaport.on('ready', function () {
    window.chaport.newPageView({
      url: 'http://example.com/page2',
      title: 'My test page',
    });
  });
};
() => {
  window.chaport.q('newPageView', [{
    url: 'http://example.com/page2',
    title: 'My test page',
  }]);
};
() => {
  window.chaport.on('ready', function () {
    window.chaport.newPageView();
  });
};
() => {
  window.chaport.q('newPageView');
};

// open
() => {
  window.chaport.on('ready', function () {
    window.chaport.open();
  });
};
() => {
  window.chaport.q('open');
};

// openIn
() => {
  window.chaport.on('ready', function () {
    window.chaport.openIn('_blank');
  });
};
() => {
  window.chaport.q('openIn', [ '_blank' ]);
};
() => {
  window.chaport.on('ready', function () {
    window.chaport.openIn({ selector: '#chat-container' });
  });
};
() => {
  window.chaport.q('openIn', [{ selector: '#chat-container' }]);
};

// showLauncher
() => {
  window.chaport.on('ready', function () {
    window.chaport.showLauncher();
  });
};
() => {
  window.chaport.q('showLauncher');
};

// setActiveTrigger
() => {
  window.chaport.on('ready', function () {
    window.chaport.setActiveTrigger({ message: "Custom message" });
  });
};
() => {
  window.chaport.q('setActiveTrigger', [{ message: "Custom message" }]);
};
() => {
  window.chaport.on('ready', function () {
    var trigger = window.chaport.getTriggerById('5820a1375ddf087b2e54921d');
    if (!trigger) {
      throw new Error('trigger not found');
    }
    trigger.message = trigger.message.replace('%placeholder1%', 'some text');
    window.chaport.setActiveTrigger(trigger);
  });
};
() => {
  window.chaport.on('ready', function () {
    var trigger = window.chaport.q('getTriggerById', ['5820a1375ddf087b2e54921d']);
    if (!trigger) {
      throw new Error('trigger not found');
    }
    trigger.message = trigger.message.replace('%placeholder1%', 'some text');
    window.chaport.q('setActiveTrigger', [trigger]);
  });
};

// setAssignmentRules
() => {
  window.chaport.on('ready', function () {
    window.chaport.setAssignmentRules({
      rules: [
        { 'sales-team-id': ['page_url', 'contains', 'pricing'] },
        { 'sales-team-id': ['message_text', 'contains', 'pricing'] },
        { 'support-team-id': true },
      ],
      defaultRules: [], // Disable default rules
    });
  });
};
() => {
  window.chaport.q('setAssignmentRules', [{
    rules: [
      { 'sales-team-id': ['page_url', 'contains', 'pricing'] },
      { 'sales-team-id': ['message_text', 'contains', 'pricing'] },
      { 'support-team-id': true },
    ],
    defaultRules: [], // Disable default rules
  }]);
};

// setVisitorData
() => {
  window.chaport.on('ready', function () {
    window.chaport.setVisitorData({
      name: 'John Doe',
      email: '[email protected]',
      custom: {
        subscriptionPlan: 'pro',
        balance: 1000,
      },
    }, 'a1b2c3d4e5f6');
  });
};
() => {
  window.chaport.q('setVisitorData', [ {
    name: 'John Doe',
    email: '[email protected]',
    custom: {
      subscriptionPlan: 'pro',
      balance: 1000,
    },
  }, 'a1b2c3d4e5f6' ]);
};

// startSession
() => {
  window.chaport.q('startSession', {
    id: 'visitor-id',
    token: 'visitor-token',
  });
};

// stopSession
() => {
  window.chaport.on('ready', function () {
    window.chaport.stopSession();
  });
};
() => {
  window.chaport.q('stopSession');
};

// toggle
() => {
  window.chaport.on('ready', function () {
    window.chaport.toggle();
  });
};
() => {
  window.chaport.q('toggle');
};

// updatePosition
() => {
  window.chaport.on('ready', function () {
    window.chaport.updatePosition(['right', 0, 100], function() {
      console.log('position changed');
    });
  });
};
() => {
  window.chaport.q('updatePosition', [['right', 0, 100]]);
};

// ---- Events -----------------------------------------------------------------------------------------

// ready
() => {
  window.chaport.on('ready', listener);
};
() => {
  window.chaport.q('on', ['ready', listener]);
};

// chat.autoInvitation
() => {
  window.chaport.on('chat.autoInvitation', function(autoInvitationDetails) {
    console.log(autoInvitationDetails);
  });
};
() => {
  window.chaport.q('on', ['chat.autoInvitation', function(autoInvitationDetails) {
    console.log(autoInvitationDetails);
  }]);
};

// chat.botSent
() => {
  window.chaport.on('chat.botSent', function(botSentDetails) {
    console.log(botSentDetails);
  });
};
() => {
  window.chaport.q('on', ['chat.botSent', function(botSentDetails) {
    console.log(botSentDetails);
  }]);
};

// chat.onlineChange
() => {
  window.chaport.on('chat.onlineChange', listener);
};
() => {
  window.chaport.q('on', ['chat.onlineChange', listener]);
};

// chat.started
() => {
  window.chaport.on('chat.started', listener);
};
() => {
  window.chaport.q('on', ['chat.started', listener]);
};

// widget.stateChange
() => {
  window.chaport.on('widget.stateChange', listener);
};
() => {
  window.chaport.q('on', ['widget.stateChange', listener]);
};

// ---- Logged-in users --------------------------------------------------------------------------------

() => {
  window.chaport.on('ready', function (data) {
    if (data.visitorId) {
      // Send visitor ID to your server, example using jQuery
      $.post('/chaport-visitor-id', { chaportVisitorId: data.visitorId })
    }
  });
};
() => {
  window.chaportConfig = {
    appId: '<yourAppId>',
    session: {
      user: {
        id: '<? echo $loggedInUser[\'chaportVisitorId\'] ?>',
        token: '<? echo sha1($personalSalt . $loggedInUser[\'chaportVisitorId\']) ?>', // . (dot) is concatenation
      },
    },
  };
};
