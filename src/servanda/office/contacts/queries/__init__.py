"""What the pages of contacts show, and whom other rooms write to: `posts.live_posts` and `posts.addressees`."""
