-- Neovim as a language client: opens one file, waits for findings, prints them one a line.
vim.opt.swapfile = false
vim.filetype.add({ extension = { gwl = "gwl" } })
local client = vim.lsp.start_client({
  name = "gwl",
  cmd = { vim.env.GWL_NODE, vim.env.GWL_BIN, "lsp", "--stdio" },
  root_dir = vim.env.GWL_FOLDER,
  workspace_folders = { { uri = vim.uri_from_fname(vim.env.GWL_FOLDER), name = "gwl" } },
})
vim.cmd("edit " .. vim.env.GWL_FILE)
vim.lsp.buf_attach_client(0, client)
vim.wait(10000, function()
  return #vim.diagnostic.get(0) >= tonumber(vim.env.GWL_COUNT)
end, 20)
for _, found in ipairs(vim.diagnostic.get(0)) do
  io.stdout:write(string.format("%d:%d %s\n", found.lnum + 1, found.col + 1, found.code))
end
vim.cmd("qall!")
