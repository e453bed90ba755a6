// Loaded into the server of `gwl run`: when gwl is gone, however it went, nobody is left to stop the server. So it stops itself.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
