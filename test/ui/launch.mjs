/** A launch configuration: an intern, whom the example lets write to colleagues only, writes to somebody. */
export function launch(name, ...recipients) {
  return {
    type: "postfix-mailflow",
    request: "launch",
    name,
    config: "${workspaceFolder}/main.cf",
    stopOnEntry: false,
    message: {
      client_address: "192.0.2.7",
      client_name: "desk.example.com",
      helo: "desk.example.com",
      sender: "intern@example.com",
      recipients,
    },
  };
}
