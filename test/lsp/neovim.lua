-- Steps of a person in Neovim, from 0.7 on; what was seen goes to a file. Paths come from the environment.
local seen = {}

local function wait(what, look)
  if not vim.wait(10000, look, 20) then
    seen.missing = what
    vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SEEN)
    vim.cmd("cquit 1")
  end
end

local function open(name)
  vim.cmd("edit " .. vim.env.FOLDER .. "/" .. name)
  return vim.api.nvim_get_current_buf()
end

local function codes(buffer)
  return vim.tbl_map(function(found)
    return found.code
  end, vim.diagnostic.get(buffer))
end

local function lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end

local function has(list, wanted)
  return vim.tbl_contains(list, wanted)
end

local main = open("main.cf")
wait("a finding in main.cf", function()
  return has(codes(main), "undefined-class")
end)
seen.main = { filetype = vim.bo[main].filetype, codes = codes(main) }

vim.fn.search("permit_mynetworks", "cw")
local answers = vim.lsp.buf_request_sync(0, "textDocument/hover", vim.lsp.util.make_position_params(0, "utf-16"), 10000)
for _, answer in pairs(answers or {}) do
  seen.hover = answer.result.contents.value
end

vim.fn.search("local_only =", "cw")
vim.lsp.buf.rename("inside_only")
wait("the new name", function()
  return has(lines(main), "inside_only = permit_mynetworks, reject")
end)
local senders = open("senders")
seen.senders = { filetype = vim.bo[senders].filetype, lines = lines(senders) }

vim.api.nvim_buf_set_lines(senders, -1, -1, false, { "x@example.com no_such_class" })
wait("a finding in the table", function()
  return has(codes(senders), "undefined-class")
end)
seen.senders.codes = codes(senders)

vim.fn.writefile({ "192.0.2.1 nonsense" }, vim.env.FOLDER .. "/clients")
local clients = open("clients")
wait("a finding in a new file", function()
  return has(codes(clients), "undefined-class")
end)

vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SEEN)
vim.cmd("qall!")
